import { SHARE_DIGITS, sharesOf } from '../../aggregator/shares.ts';
import { AMOUNT_SCALE, halfEvenUnits, parseUnits, rescale, unitsText } from '../../base/money.ts';
import { listOf } from '../../data/lists.ts';
import type { Cell, Column, Report, Section } from '../../data/report.ts';
import { envelope } from '../../report/found.ts';
import { shareAnswer } from './answer.ts';
import type { MarketShares } from './found.ts';
import type { Brand } from './market.ts';
import { shareViews } from './views.ts';

/** The report of `clv share`: customer equity share of every brand beside its market share. */
export function shareReport(market: MarketShares): Report {
  const brands = brandsSection(market.brands, market.digits);
  const { name, words, inputs } = market.route;
  return {
    command: 'share',
    document: [
      ...envelope('share', market, { ...market.methodology, market: words, ...DEFINITIONS }, market.input),
      ['model', market.model],
      ['route', name],
      ['route_inputs', inputs],
      ['us', market.us],
      ['brands', brands],
    ],
    main: 'brands',
    views: shareViews(market, brands),
    answer: async () => shareAnswer(market, brands),
  };
}

const DEFINITIONS = {
  equity_share: 'customer equity over that of all brands; by its size brands are ranked',
  market_share:
    'customer_share: of the customers of all brands; revenue_share: of their revenue; null unless known of all',
  difference_points: 'equity_share less customer_share, in percentage points',
};

/** What is printed of every brand. */
export const BRANDS: readonly Column[] = [
  { name: 'name', kind: 'text' },
  { name: 'customers', kind: 'integer' },
  { name: 'customer_share', kind: 'share' },
  { name: 'revenue', kind: 'money' },
  { name: 'revenue_share', kind: 'share' },
  { name: 'clv_mean', kind: 'money' },
  { name: 'customer_equity', kind: 'money' },
  { name: 'equity_share', kind: 'share' },
  { name: 'difference_points', kind: 'number' },
  { name: 'rank', kind: 'integer' },
  { name: 'steady_state_share', kind: 'share' },
];

/** By equity, the highest first; shares add up to 1 in the order of the names. */
function brandsSection(given: readonly Brand[], digits: number): Section {
  const brands = [...given].sort((a, b) => (a.name < b.name ? -1 : 1));
  const customerShares = knownShares(brands.map(({ customers }) => (customers === null ? null : BigInt(customers))));
  const revenueShares = knownShares(brands.map(({ revenue }) => revenue));
  const equityShares = sharesOf(brands.map(({ equity }) => equity));
  const steadyShares = knownShares(brands.map(({ steady }) => steady));
  const rows = brands.map((brand, i): Cell[] => [
    brand.name,
    brand.customers === null ? null : String(brand.customers),
    customerShares[i]!,
    brand.revenue === null ? null : unitsText(rescale(brand.revenue, AMOUNT_SCALE, digits), digits),
    revenueShares[i]!,
    meanOf(brand, digits),
    unitsText(brand.equity, digits),
    equityShares[i]!,
    pointsBetween(equityShares[i]!, customerShares[i]!),
    String(1 + brands.filter(({ equity }) => equity > brand.equity).length),
    steadyShares[i]!,
  ]);
  const order = [...brands.keys()].sort((a, b) => Number(rows[a]![RANK]) - Number(rows[b]![RANK]) || a - b);
  return listOf(
    'brands',
    BRANDS,
    order.map((i) => rows[i]!),
  );
}

const RANK = BRANDS.findIndex(({ name }) => name === 'rank');

/** Of a customer; where customers switch, a brand lives on those of the others too. */
function meanOf({ customers, equity, steady }: Brand, digits: number): Cell {
  if (customers === null || customers === 0 || steady !== null) return null;
  return unitsText(halfEvenUnits(Number(equity) / customers, 0), digits);
}

/** Shares are known of all or of none. */
function knownShares(parts: readonly (bigint | null)[]): readonly Cell[] {
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length ? sharesOf(known) : parts.map(() => null);
}

/** Percentage points between two shares as they are printed: a millionth is a ten-thousandth of a point. */
function pointsBetween(share: Cell, other: Cell): Cell {
  if (share === null || other === null) return null;
  return unitsText(parseUnits(share, SHARE_DIGITS)! - parseUnits(other, SHARE_DIGITS)!, SHARE_DIGITS - 2);
}
