import { apportion, SHARE_DIGITS } from '../../aggregator/shares.ts';
import { grouped, parseUnits, unitsText } from '../../base/money.ts';
import type { Block, Cell, Fact, Section, View } from '../../data/report.ts';
import type { MarketShares } from './found.ts';

/** What a person reads: our share, then all brands, with the columns that something is known of. */
export function shareViews(market: MarketShares, brands: Section): readonly View[] {
  const [block] = [...(brands.blocks as Iterable<Block>)];
  const known = (name: string): boolean => cellsOf(brands, block!, name).some((cell) => cell !== null);
  const columns = [
    { name: 'rank', heading: 'Rank' },
    { name: 'name', heading: 'Brand' },
    { name: 'customers', heading: 'Customers' },
    { name: 'customer_share', heading: 'Customer share' },
    { name: 'revenue_share', heading: 'Revenue share' },
    { name: 'clv_mean', heading: 'Mean CLV' },
    { name: 'customer_equity', heading: 'Equity' },
    { name: 'equity_share', heading: 'Equity share' },
    { name: 'difference_points', heading: 'Points' },
    { name: 'steady_state_share', heading: 'Steady state' },
  ];
  // Of equities below zero there are no shares.
  const series = ['equity_share', 'customer_share', 'revenue_share'].filter(known);
  return [
    { type: 'facts', title: 'Customer equity share', facts: [...ourFacts(market, brands, block!), ...market.facts] },
    {
      type: 'section',
      title: 'The market',
      section: 'brands',
      columns: columns.filter(({ name }) => known(name)),
      ...(series.length > 0 && {
        chart: { kind: 'bars', along: ['name'], values: series, title: 'Share of the market' },
      }),
    },
  ];
}

function cellsOf(section: Section, { cells }: Block, name: string): readonly Cell[] {
  return cells[section.columns.findIndex((column) => column.name === name)]!;
}

/** Our equity share beside our market shares: the two vocabularies of a share. */
function ourFacts({ us, currency, route, brands }: MarketShares, section: Section, block: Block): readonly Fact[] {
  const market = { label: 'Market', value: route.words };
  const at = us === null ? -1 : cellsOf(section, block, 'name').indexOf(us);
  if (at < 0) return [market];
  const cell = (name: string): Cell => cellsOf(section, block, name)[at]!;
  const share = (label: string, name: string): readonly Fact[] =>
    cell(name) === null ? [] : [{ label, value: percents(cellsOf(section, block, name))[at]! }];
  const points = cell('difference_points');
  return [
    ...share('Customer equity share', 'equity_share'),
    ...share('Market share, customers', 'customer_share'),
    ...share('Market share, revenue', 'revenue_share'),
    ...(points === null ? [] : [{ label: 'Difference', value: differenceText(points) }]),
    ...share('Steady state', 'steady_state_share'),
    {
      label: 'Customer equity',
      value: `${grouped(cell('customer_equity')!)}${currency === null ? '' : ` ${currency}`}`,
    },
    { label: 'Rank', value: `${cell('rank')} of ${brands.length} by customer equity` },
    { label: 'We are', value: us! },
    market,
  ];
}

/** Shares of a whole in percent, as they stand in the table: one decimal, adding up to 100%. */
function percents(shares: readonly Cell[]): readonly string[] {
  const millionths = shares.map((share) => parseUnits(share!, SHARE_DIGITS)!);
  return apportion(millionths, 1000n, 1000n).map((tenths) => `${unitsText(tenths, 1)}%`);
}

function differenceText(points: string): string {
  if (Number(points) === 0) return 'none';
  const [size, side] = points.startsWith('-') ? [points.slice(1), 'below'] : [points, 'above'];
  return `${size} percentage points ${side} the market share of customers`;
}
