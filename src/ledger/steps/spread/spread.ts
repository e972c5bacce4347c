import type { Totals } from '../../../data/customers.ts';
import { type Best, MOST_OF_EQUITY, type SizeBin, type Spread } from '../../../data/equity/spread.ts';
import { count, type Loaded, type Store, units } from '../../store.ts';

/** How the equity of the valued customers spreads, asked of the store once and only when it is looked at. */
export function readSpread({ store }: Loaded, totals: readonly Totals[]): Spread {
  const customers = totals.reduce((sum, part) => sum + part.customers, 0);
  const equity = totals.reduce((sum, part) => sum + part.clv, 0n);
  return {
    best: once(() => readBest(store, customers, equity)),
    sizes: once(() => readSizes(store)),
  };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= work();
    return found;
  };
}

async function readBest(store: Store, customers: number, equity: bigint): ReturnType<Spread['best']> {
  const hundredths = Array.from({ length: 100 }, (_, i) => Math.floor(((i + 1) * customers) / 100));
  const places = [...new Set(hundredths)].filter((place) => place > 0);
  // The least sum that is so much of the equity; rounded up.
  const enough = (MOST_OF_EQUITY * equity + 99n) / 100n;
  const rows = await store.rows(bestAt(places, enough));
  const points = rows.map((row): Best => ({ customers: count(row['place']), clv: units(row['cumulative']) }));
  const holders = equity > 0n ? points.find(({ clv }) => clv >= enough) : undefined;
  const wanted = new Set(places);
  return {
    points: [{ customers: 0, clv: 0n }, ...points.filter((point) => wanted.has(point.customers))],
    holders: holders ?? null,
  };
}

/**
 * Cumulative CLV, the highest first, at some places and where it reaches a sum. Those worth the same stand in any order, which
 * changes no sum, and by which ids need not be sorted.
 */
function bestAt(places: readonly number[], enough: bigint): string {
  return `SELECT place, cumulative FROM (SELECT clv, count(*) OVER best AS place, sum(clv) OVER best AS cumulative FROM valued
  WINDOW best AS (ORDER BY clv DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) AS v
WHERE place IN (${places.join(', ')}) OR (cumulative >= ${enough} AND cumulative - clv < ${enough}) ORDER BY place`;
}

/** Bounds of bins, in minor units: 1, 2, 5, 10 … */
const BOUNDS = Array.from({ length: 15 }, (_, power) => [1n, 2n, 5n].map((step) => step * 10n ** BigInt(power))).flat();
/** Bins above zero at most; the smallest values share one. */
const BINS = 10;

async function readSizes(store: Store): Promise<readonly SizeBin[]> {
  const cases = BOUNDS.map((bound, i) => `WHEN clv <= ${bound} THEN ${i + 1}`).join(' ');
  const rows = await store.rows(`SELECT bin, count(*) AS n, sum(clv) AS clv FROM (
  SELECT clv, CASE WHEN clv <= 0 THEN 0 ${cases} ELSE ${BOUNDS.length + 1} END AS bin FROM valued) AS v
GROUP BY bin ORDER BY bin`);
  const found = new Map(rows.map((row) => [count(row['bin']), { customers: count(row['n']), clv: units(row['clv']) }]));
  const last = Math.max(...found.keys());
  const first = Math.max(1, last - BINS + 1);
  const sum = (bins: readonly number[]) =>
    bins.reduce(
      (all, bin) => ({
        customers: all.customers + (found.get(bin)?.customers ?? 0),
        clv: all.clv + (found.get(bin)?.clv ?? 0n),
      }),
      { customers: 0, clv: 0n },
    );
  const above = Array.from({ length: Math.max(0, last - first + 1) }, (_, i): SizeBin => {
    const bin = first + i;
    const own = i === 0 ? Array.from({ length: first }, (_, at) => at + 1) : [bin];
    return { above: i === 0 ? 0n : BOUNDS[bin - 2]!, upTo: BOUNDS[bin - 1] ?? null, ...sum(own) };
  });
  return found.has(0) ? [{ above: null, upTo: 0n, ...sum([0]) }, ...above] : above;
}
