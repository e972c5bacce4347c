import { grouped, unitsText } from '../../base/money.ts';
import type { Block, Section } from '../../data/report.ts';
import { shareText } from '../../report/answer.ts';
import type { MarketShares } from './found.ts';

/** What a manager is told first: our share of the customer equity of the market, and whether it is more than that of the customers. */
export function shareAnswer({ us, brands, digits, currency }: MarketShares, section: Section): readonly string[] {
  const [block] = [...(section.blocks as Iterable<Block>)];
  const cell = (name: string, row: number): string | null =>
    block!.cells[section.columns.findIndex((column) => column.name === name)]![row]!;
  const names = Array.from({ length: block!.length }, (_, row) => cell('name', row));
  const total = brands.reduce((sum, { equity }) => sum + equity, 0n);
  const market = `All brands together are worth ${grouped(unitsText(total, digits))}${currency === null ? '' : ` ${currency}`}.`;
  const at = us === null ? -1 : names.indexOf(us);
  const share = cell('equity_share', Math.max(0, at));
  if (share === null) return [market];
  if (at < 0) return [`${names[0]} has the largest share of customer equity, ${shareText(Number(share))}.`, market];
  const customers = cell('customer_share', at);
  return [
    `Our share of the customer equity of the market is ${shareText(Number(share))}: rank ${cell('rank', at)} of ${brands.length}.`,
    ...(customers === null ? [] : [besideText(Number(share), Number(customers))]),
    market,
  ];
}

function besideText(share: number, customers: number): string {
  const points = (100 * (share - customers)).toFixed(2);
  const market = `our market share, ${shareText(customers)} of the customers`;
  if (Number(points) === 0) return `That is as much as ${market}.`;
  const [side, why] = share > customers ? ['above', 'more'] : ['below', 'less'];
  return `That is ${points.replace('-', '')} percentage points ${side} ${market}: one of our customers is worth ${why} than one of the market.`;
}
