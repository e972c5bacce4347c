import { sharesOf } from '../aggregator/shares.ts';
import { grouped, unitsText } from '../base/money.ts';
import { plural } from '../base/plural.ts';
import { MOST_OF_EQUITY, type SizeBin, type Spread } from '../data/equity/spread.ts';
import { listed } from '../data/lists.ts';
import type { Cell, Column, Section, View } from '../data/report.ts';

/** How equity spreads over the customers: lists that are read when a format walks them, and what pictures are made of them. */

const CONCENTRATION: readonly Column[] = [
  { name: 'customers', kind: 'integer' },
  { name: 'customer_share', kind: 'share' },
  { name: 'customer_equity', kind: 'money' },
  { name: 'equity_share', kind: 'share' },
];

const SIZES: readonly Column[] = [
  { name: 'above', kind: 'money' },
  { name: 'up_to', kind: 'money' },
  { name: 'clv', kind: 'text' },
  { name: 'customers', kind: 'integer' },
  { name: 'customer_equity', kind: 'money' },
];

/** The lists, under the names that --section has. */
export function spreadSections(spread: Spread, digits: number): readonly Section[] {
  return [
    listed('concentration', CONCENTRATION, async () => concentrationRows(await spread.best(), digits)),
    listed('clv_distribution', SIZES, async () => (await spread.sizes()).map((bin) => sizeRow(bin, digits))),
  ];
}

function concentrationRows({ points }: Awaited<ReturnType<Spread['best']>>, digits: number): Cell[][] {
  const whole = points.at(-1)!;
  return points.map(({ customers, clv }) => [
    String(customers),
    shareText(BigInt(customers), BigInt(whole.customers)),
    unitsText(clv, digits),
    shareText(clv, whole.clv),
  ]);
}

/** A part of a whole, six decimals; null where the whole is nothing or less. */
function shareText(part: bigint, whole: bigint): Cell {
  return whole > 0n ? sharesOf([part, whole - part])[0]! : null;
}

function sizeRow({ above, upTo, customers, clv }: SizeBin, digits: number): Cell[] {
  const text = (units: bigint | null): Cell => (units === null ? null : unitsText(units, digits));
  const words = (units: bigint): string => grouped(unitsText(units, digits).replace(/\.0+$/, ''));
  const name = above === null ? '0 or less' : upTo === null ? `over ${words(above)}` : `to ${words(upTo)}`;
  return [text(above), text(upTo), name, String(customers), unitsText(clv, digits)];
}

/** The pictures. @param money of which the axes are, in words */
export function spreadViews(money: string): readonly View[] {
  return [
    {
      type: 'chart',
      title: 'How few customers hold how much: the customers of the highest CLV together',
      section: 'concentration',
      columns: [
        { name: 'customer_share', heading: 'Share of customers, the highest CLV first' },
        { name: 'customers', heading: 'Customers' },
        { name: 'customer_equity', heading: `Customer equity${money}` },
        { name: 'equity_share', heading: 'Share of customer equity' },
      ],
      chart: { kind: 'lines', along: ['customer_share'], values: ['equity_share'], title: 'Share of customer equity' },
    },
    {
      type: 'chart',
      title: 'Customers by what each is worth',
      section: 'clv_distribution',
      columns: [
        { name: 'clv', heading: `CLV of a customer${money}` },
        { name: 'customers', heading: 'Customers' },
        { name: 'customer_equity', heading: `Customer equity${money}` },
      ],
      chart: { kind: 'columns', along: ['clv'], values: ['customers'], title: 'Customers' },
    },
  ];
}

/** Who holds most of the equity, in a sentence; nothing where no few do. */
export async function holdersText(
  spread: Spread,
  customers: number,
  money: (units: bigint) => string,
  equity: bigint,
): Promise<readonly string[]> {
  const { holders } = await spread.best();
  if (holders === null || customers < 2) return [];
  const share = Math.round((100 * holders.customers) / customers);
  const part = share === 0 ? 'less than 1%' : `${share}%`;
  return [
    `${grouped(String(holders.customers))} of your ${grouped(String(customers))} customers, ${part}, ` +
      `${plural(holders.customers, 'holds', 'hold')} ${MOST_OF_EQUITY}% of ${money(equity)}.`,
  ];
}
