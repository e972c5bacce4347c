import type { Audit, AuditedBlock, AuditPlan, Contrast, CurvePoint, Standing, Sums } from '../base/audit.ts';
import { type Day, isoOf } from '../base/calendar.ts';
import { readCohorts, readFlows } from './duckdb-audit-periods.ts';
import { bigints, decimals, integers, texts, textsIf, units } from './duckdb-columns.ts';
import type { DuckDBSession, Row } from './duckdb-session.ts';
import type { LoadPlan } from './ledger.ts';
import { splitSegment } from './sql.ts';
import * as sql from './sql-audit.ts';

/** Reads past profitability from `days`, and from `valued` where customers have a CLV; leaves it by customer in `audited`. */
export async function readAudit(session: DuckDBSession, plan: LoadPlan, asked: AuditPlan): Promise<Audit> {
  const { asOf, earlier, later, every, valued } = asked;
  await session.run(`CREATE TABLE audited AS ${sql.auditedOf(plan, literal(asOf), valued)}`);
  const whole = (await sumsBy(session, '0'))[0]!.sums;
  const { past, future } = sql.standings(whole);
  const customers = (contrast: Contrast | null): AsyncIterable<AuditedBlock> =>
    blocks(session, plan, sql.auditedRows(whole, contrast));
  const periods = { from: literal(earlier.from), split: literal(later.from), to: literal(later.to) };
  return {
    whole,
    customerDeciles: await tenths(session, sql.tenthOfCustomers(whole.customers)),
    profitDeciles: whole.profit > 0n ? await tenths(session, sql.tenthOfProfit(whole.profit)) : [],
    curve: await readCurve(session, whole),
    flows: await readFlows(session, plan, periods),
    cohorts: await readCohorts(session, plan, every, literal(asOf)),
    segments: (await sumsBy(session, 'segment')).map(({ name, sums }) => ({ ...sums, segment: splitSegment(name) })),
    quadrants: (await sumsBy(session, `${past} || ' ' || ${future}`)).map(({ name, sums }) => {
      const [past, future] = name.split(' ') as [Standing, Standing];
      return { ...sums, past, future };
    }),
    customers: customers(null),
    contrasts: { fallen: customers('fallen'), risen: customers('risen') },
  };
}

function literal(day: Day): string {
  return `CAST('${isoOf(day)}' AS DATE)`;
}

async function sumsBy(session: DuckDBSession, name: string): Promise<{ readonly name: string; readonly sums: Sums }[]> {
  return (await session.rows(sql.sumsBy(name))).map((row) => ({ name: String(row['name']), sums: sumsOf(row) }));
}

const NOTHING = sumsOf({});

/** The sums of ten groups by an expression; zeros for those without customers. */
async function tenths(session: DuckDBSession, group: string): Promise<Sums[]> {
  const found = new Map((await sumsBy(session, group)).map(({ name, sums }) => [Number(name), sums]));
  return Array.from({ length: 10 }, (_, i) => found.get(i + 1) ?? NOTHING);
}

function sumsOf(row: Row): Sums {
  const count = (name: string): number => Number(units(row[name]));
  return {
    customers: count('n'),
    purchases: count('purchases'),
    revenue: units(row['revenue']),
    refunds: units(row['refunds']),
    costs: units(row['costs']),
    profit: units(row['profit']),
    profitable: count('profitable'),
    unprofitable: count('unprofitable'),
    losses: units(row['losses']),
    valued: count('valued'),
    clv: units(row['clv']),
  };
}

/** The curve at every hundredth of the customers, and at its peak: the last customer who makes a profit. */
async function readCurve(session: DuckDBSession, { customers, profitable }: Sums): Promise<CurvePoint[]> {
  const hundredths = Array.from({ length: 100 }, (_, i) => Math.floor(((i + 1) * customers) / 100));
  const places = [...new Set([...hundredths, profitable])].filter((place) => place > 0).sort((a, b) => a - b);
  const rows = await session.rows(sql.curveAt(places));
  return [
    { customers: 0, profit: 0n },
    ...rows.map((row) => ({ customers: Number(units(row['place'])), profit: units(row['cumulative']) })),
  ];
}

async function* blocks(session: DuckDBSession, plan: LoadPlan, text: string): AsyncIterable<AuditedBlock> {
  for await (const chunk of session.chunks(text)) {
    const segments = textsIf(plan.by.length > 0, chunk, 1).map(splitSegment);
    const [first, last, purchases] = [integers(chunk, 2), integers(chunk, 3), integers(chunk, 4)];
    const [clv, future] = [bigints(chunk, 9), texts(chunk, 11)];
    const bought = Array.from(purchases, (count) => count > 0);
    yield {
      length: chunk.rowCount,
      id: texts(chunk, 0),
      segment: plan.by.map((_, i) => segments.map((tuple) => tuple[i]!)),
      firstPurchase: bought.map((has, row) => (has ? first[row]! : null)),
      lastPurchase: bought.map((has, row) => (has ? last[row]! : null)),
      purchases,
      revenue: decimals(chunk, 5),
      refunds: decimals(chunk, 6),
      costs: decimals(chunk, 7),
      profit: decimals(chunk, 8),
      clv: future.map((standing, row) => (standing === 'not_valued' ? null : clv[row]!)),
      past: texts(chunk, 10),
      future,
    };
  }
}
