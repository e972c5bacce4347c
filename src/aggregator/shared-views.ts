import type { Population } from '../base/customers.ts';
import { AMOUNT_SCALE, exactText, grouped } from '../base/money.ts';
import type { Fact, View } from '../base/report.ts';
import type { CustomerSource } from './customers.ts';
import type { Input } from './input.ts';
import { type Assumptions, segmentsTitle } from './methodology.ts';

/** Segments side by side, where there are segment columns. */
export function segmentViews(segmenting: Pick<Assumptions, 'by' | 'segmentFrom'>): readonly View[] {
  const { by } = segmenting;
  if (by.length === 0) return [];
  return [
    {
      type: 'section',
      title: segmentsTitle(segmenting),
      section: 'segments',
      columns: [
        ...by.map((name) => ({ name, heading: name })),
        { name: 'customers', heading: 'Customers' },
        { name: 'customer_share', heading: 'Share of customers' },
        { name: 'revenue', heading: 'Revenue' },
        { name: 'revenue_share', heading: 'Share of revenue' },
        { name: 'clv_mean', heading: 'Mean CLV' },
        { name: 'customer_equity', heading: 'Customer equity' },
        { name: 'equity_share', heading: 'Share of equity' },
      ],
    },
  ];
}

/** Every record and its money: read, valued, left out. */
export function recordFacts({
  input,
  population,
  assumptions,
}: {
  readonly input: Input;
  readonly population: Population;
  readonly assumptions: { readonly digits: number };
}): readonly Fact[] {
  const { digits } = assumptions;
  const count = (value: number): string => grouped(String(value));
  const { valued, withoutPurchase, afterAsOf } = population;
  const rejected = input.files.reduce((sum, file) => sum + file.rejected, 0);
  const records = input.files.reduce((sum, file) => sum + file.records, input.table?.rows ?? 0);
  return [
    {
      label: 'Records',
      value:
        `${count(records)} read = ${count(valued.records)} valued + ${count(withoutPurchase.records)} of customers without purchase ` +
        `+ ${count(afterAsOf.records)} after the as-of date + ${count(rejected)} rejected`,
    },
    {
      label: 'Amounts',
      value: [
        grouped(exactText(valued.amount + withoutPurchase.amount + afterAsOf.amount, AMOUNT_SCALE, digits)),
        ' = ',
        [valued, withoutPurchase, afterAsOf]
          .map(({ amount }) => grouped(exactText(amount, AMOUNT_SCALE, digits)))
          .join(' + '),
      ].join(''),
    },
  ];
}

/** The customers that are worth most, where they are listed, with the columns that the kind of valuation has between who they are and their CLV. */
export function customerViews(
  customers: CustomerSource | null,
  { by, top }: { readonly by: readonly string[]; readonly top: number },
  columns: readonly { readonly name: string; readonly heading: string }[],
  total: number,
): readonly View[] {
  if (customers === null) return [];
  return [
    {
      type: 'section',
      title: 'Customers with the highest CLV',
      section: 'customers',
      columns: [
        { name: 'customer_id', heading: 'Customer' },
        ...by.map((name) => ({ name, heading: name })),
        ...columns,
        { name: 'clv', heading: 'CLV' },
      ],
      top,
      total,
    },
  ];
}
