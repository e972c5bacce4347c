import { AMOUNT_SCALE, exactText, grouped, unitsText } from '../base/money.ts';
import type { Chart, Fact, Section, ShownColumn, View } from '../data/report.ts';
import { type CustomerSource, listedText } from './customers.ts';
import type { Found } from './found.ts';
import { accountsOf, type Input, reconciled } from './input.ts';
import { type Assumptions, segmentsTitle } from './methodology.ts';

/** Money for a person: minor units with their currency, where that is known. */
export function moneyIn({ digits, currency }: Pick<Assumptions, 'digits' | 'currency'>): (units: bigint) => string {
  const unit = currency === null ? '' : ` ${currency}`;
  return (units) => `${grouped(unitsText(units, digits))}${unit}`;
}

/** A list with a drawing. */
export function withChart(view: SectionView, chart: Chart): SectionView {
  return { ...view, chart };
}

type SectionView = Extract<View, { readonly type: 'section' }>;

/** A list as a person reads it: its columns in this order, each under its heading. */
export function listView(
  title: string,
  section: string | Section,
  headings: Readonly<Record<string, string>>,
): SectionView {
  const columns = Object.entries(headings).map(([name, heading]) => ({ name, heading }));
  return { type: 'section', title, section, columns };
}

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
      chart: {
        kind: 'bars',
        along: by,
        values: ['equity_share', 'revenue_share', 'customer_share'],
        title: 'Share of the whole',
      },
    },
  ];
}

/** Every record and its money: read, valued, left out. */
export function recordFacts({
  input,
  population,
  assumptions,
}: Pick<Found<{ readonly digits: number }>, 'input' | 'population' | 'assumptions'>): readonly Fact[] {
  const { digits } = assumptions;
  const { valued, withoutPurchase, afterAsOf } = population;
  const rejected = input.files.reduce((sum, file) => sum + file.rejected, 0);
  const total = reconciled(input, population);
  const parts = [
    { what: 'valued', always: true, ...valued },
    { what: 'of customers without purchase', always: true, ...withoutPurchase },
    { what: 'after the as-of date', always: true, ...afterAsOf },
    { what: 'continuation lines', always: false, ...accountsOf(input, 'continuation') },
    { what: 'left out', always: false, ...accountsOf(input, 'left_out') },
    { what: 'repeated', always: false, ...accountsOf(input, 'repeated') },
    { what: 'without customer', always: false, ...accountsOf(input, 'without_customer') },
  ].filter(({ always, records }) => always || records > 0);
  const count = (value: number): string => grouped(String(value));
  const money = (amount: bigint): string => grouped(exactText(amount, AMOUNT_SCALE, digits));
  const records = [...parts.map((part) => `${count(part.records)} ${part.what}`), `${count(rejected)} rejected`];
  return [
    ...readingFacts(input),
    { label: 'Records', value: `${count(total.records)} read = ${records.join(' + ')}` },
    { label: 'Amounts', value: `${money(total.amount)} = ${parts.map(({ amount }) => money(amount)).join(' + ')}` },
    ...leftOutFacts(input, digits),
  ];
}

/** How the export was read, where a layout or an option says it. */
function readingFacts({ reading }: Input): readonly Fact[] {
  if (!reading) return [];
  const { layout, customer, date, amount } = reading;
  const by = layout === null ? '' : `${layout.title}: `;
  return [{ label: 'Read as', value: `${by}${amount} by ${customer} on ${date}` }];
}

/** What was left out, by the value that says so. */
function leftOutFacts({ accounts = [] }: Input, digits: number): readonly Fact[] {
  const texts = accounts.flatMap(({ kind, column, value, reason, records, amount }) => {
    const money = grouped(exactText(amount, AMOUNT_SCALE, digits));
    return kind === 'left_out' ? [`${column} "${value}" ${grouped(String(records))} (${money}, ${reason})`] : [];
  });
  return texts.length === 0 ? [] : [{ label: 'Left out', value: texts.join('; ') }];
}

/** How many of the customers are listed and what they are worth, where not all are. */
export function listedFacts(
  customers: CustomerSource | null,
  whole: { readonly customers: number; readonly clv: bigint },
  money: (units: bigint) => string,
): readonly Fact[] {
  const text = listedText(customers, whole, money);
  return text === null ? [] : [{ label: 'Listed', value: text }];
}

/** The customers that are worth most, where they are listed, with the columns that the kind of valuation has between who they are and their CLV. */
export function customerViews(
  customers: CustomerSource | null,
  { by, top }: { readonly by: readonly string[]; readonly top: number },
  columns: readonly ShownColumn[],
  total: number,
): readonly View[] {
  if (customers === null) return [];
  const { fields, chosen } = customers;
  const usual = [
    { name: 'customer_id', heading: 'Customer' },
    ...by.map((name) => ({ name, heading: name })),
    ...columns,
    { name: 'clv', heading: 'CLV' },
  ];
  const headingOf = (name: string): string =>
    usual.find((one) => one.name === name)?.heading ?? name.replaceAll('_', ' ');
  return [
    {
      type: 'section',
      title: chosen ? `Customers with ${chosen.text}, the highest CLV first` : 'Customers with the highest CLV',
      section: 'customers',
      columns: fields?.map((name) => ({ name, heading: headingOf(name) })) ?? usual,
      top,
      total: chosen?.customers ?? total,
    },
  ];
}
