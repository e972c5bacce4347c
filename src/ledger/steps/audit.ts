import type { Audit, AuditedBlock, AuditPlan, Contrast, CurvePoint, Standing, Sums } from '../../base/audit.ts';
import type { LoadPlan } from '../ledger.ts';
import { count, type Row, type Store, units } from '../store.ts';
import { readCohorts, readFlows } from './audit-periods.ts';
import * as sql from './audit-sql.ts';
import { dateLiteral, splitSegment } from './sql.ts';

/** Reads past profitability from `days`, and from `valued` where customers have a CLV; leaves it by customer in `audited`. */
export async function readAudit(store: Store, plan: LoadPlan, asked: AuditPlan): Promise<Audit> {
  const { asOf, earlier, later, every, valued } = asked;
  await store.create('audited', sql.auditedOf(plan, dateLiteral(asOf), valued));
  const whole = (await sumsBy(store, '0'))[0]!.sums;
  const { past, future } = sql.standings(whole);
  const customers = (contrast: Contrast | null): AsyncIterable<AuditedBlock> =>
    blocks(store, plan, sql.auditedRows(whole, contrast));
  const periods = { from: dateLiteral(earlier.from), split: dateLiteral(later.from), to: dateLiteral(later.to) };
  return {
    whole,
    customerDeciles: await tenths(store, sql.tenthOfCustomers(whole.customers)),
    profitDeciles: whole.profit > 0n ? await tenths(store, sql.tenthOfProfit(whole.profit)) : [],
    curve: await readCurve(store, whole),
    flows: await readFlows(store, plan, periods),
    cohorts: await readCohorts(store, plan, every, dateLiteral(asOf)),
    segments: (await sumsBy(store, 'segment')).map(({ name, sums }) => ({ ...sums, segment: splitSegment(name) })),
    quadrants: (await sumsBy(store, `${past} || ' ' || ${future}`)).map(({ name, sums }) => {
      const [past, future] = name.split(' ') as [Standing, Standing];
      return { ...sums, past, future };
    }),
    customers: customers(null),
    contrasts: { fallen: customers('fallen'), risen: customers('risen') },
  };
}

async function sumsBy(store: Store, name: string): Promise<{ readonly name: string; readonly sums: Sums }[]> {
  return (await store.rows(sql.sumsBy(name))).map((row) => ({ name: String(row['name']), sums: sumsOf(row) }));
}

const NOTHING = sumsOf({});

/** The sums of ten groups by an expression; zeros for those without customers. */
async function tenths(store: Store, group: string): Promise<Sums[]> {
  const found = new Map((await sumsBy(store, group)).map(({ name, sums }) => [Number(name), sums]));
  return Array.from({ length: 10 }, (_, i) => found.get(i + 1) ?? NOTHING);
}

function sumsOf(row: Row): Sums {
  return {
    customers: count(row['n']),
    purchases: count(row['purchases']),
    revenue: units(row['revenue']),
    refunds: units(row['refunds']),
    costs: units(row['costs']),
    profit: units(row['profit']),
    profitable: count(row['profitable']),
    unprofitable: count(row['unprofitable']),
    losses: units(row['losses']),
    valued: count(row['valued']),
    clv: units(row['clv']),
  };
}

/** The curve at every hundredth of the customers, and at its peak: the last customer who makes a profit. */
async function readCurve(store: Store, { customers, profitable }: Sums): Promise<CurvePoint[]> {
  const hundredths = Array.from({ length: 100 }, (_, i) => Math.floor(((i + 1) * customers) / 100));
  const places = [...new Set([...hundredths, profitable])].filter((place) => place > 0).sort((a, b) => a - b);
  const rows = await store.rows(sql.curveAt(places));
  return [
    { customers: 0, profit: 0n },
    ...rows.map((row) => ({ customers: count(row['place']), profit: units(row['cumulative']) })),
  ];
}

async function* blocks(store: Store, plan: LoadPlan, text: string): AsyncIterable<AuditedBlock> {
  for await (const chunk of store.chunks(text)) {
    const segments = plan.by.length > 0 ? chunk.texts(1).map(splitSegment) : [];
    const [first, last, purchases] = [chunk.integers(2), chunk.integers(3), chunk.integers(4)];
    const [clv, future] = [chunk.bigints(9), chunk.texts(11)];
    const bought = Array.from(purchases, (count) => count > 0);
    yield {
      length: chunk.rowCount,
      id: chunk.texts(0),
      segment: plan.by.map((_, i) => segments.map((tuple) => tuple[i]!)),
      firstPurchase: bought.map((has, row) => (has ? first[row]! : null)),
      lastPurchase: bought.map((has, row) => (has ? last[row]! : null)),
      purchases,
      revenue: chunk.decimals(5),
      refunds: chunk.decimals(6),
      costs: chunk.decimals(7),
      profit: chunk.decimals(8),
      clv: future.map((standing, row) => (standing === 'not_valued' ? null : clv[row]!)),
      past: chunk.texts(10),
      future,
    };
  }
}
