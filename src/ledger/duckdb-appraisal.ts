import { isoOf } from '../base/calendar.ts';
import type { AppraisalName, Appraised, Movement, Period, Realised } from '../base/movement.ts';
import { units } from './duckdb-columns.ts';
import type { DuckDBSession, Row } from './duckdb-session.ts';
import type { LoadPlan } from './ledger.ts';
import { splitSegment } from './sql.ts';
import { appraisedTotals, CLOSING_MOVEMENT, OPENING_MOVEMENT, realisedMoney } from './sql-appraisal.ts';

/** Sums of an appraisal by segment, in the order of their names. */
export async function readAppraised(session: DuckDBSession, name: AppraisalName, count: number): Promise<Appraised[]> {
  return (await session.rows(appraisedTotals(name, count))).map((row) => appraised(row, count));
}

/** What happened between the appraisals of the opening and the closing. */
export async function readMovement(session: DuckDBSession, plan: LoadPlan, { from, to }: Period): Promise<Movement> {
  const [first, last] = [from, to].map((day) => `CAST('${isoOf(day)}' AS DATE)`) as [string, string];
  const money = await session.rows(realisedMoney(plan, first, last));
  const realised = (known: bigint): Realised => {
    const row = money.find((one) => units(one['known']) === known);
    return { revenue: units(row?.['revenue']), margin: units(row?.['margin']) };
  };
  return {
    opening: (await session.rows(OPENING_MOVEMENT)).map((row) => ({
      ...appraised(row, 4),
      gains: units(row['gains']),
      losses: units(row['losses']),
      later: units(row['later']),
    })),
    closing: (await session.rows(CLOSING_MOVEMENT)).map((row) => ({
      ...appraised(row, 4),
      fresh: { customers: Number(units(row['fresh'])), value: units(row['fresh_value']) },
      notPositive: { customers: Number(units(row['not_positive'])), value: units(row['not_positive_value']) },
    })),
    realised: { known: realised(1n), fresh: realised(0n) },
  };
}

function appraised(row: Row, count: number): Appraised {
  return {
    segment: splitSegment(String(row['segment'])),
    customers: Number(units(row['n'])),
    values: Array.from({ length: count }, (_, i) => units(row[`v${i}`])),
  };
}
