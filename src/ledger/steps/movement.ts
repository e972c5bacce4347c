import type { AppraisalName, Appraised, Flows, Movement, Period, Realised } from '../../base/movement.ts';
import type { LoadPlan } from '../ledger.ts';
import { count, type Row, type Store, units } from '../store.ts';
import { pricedBy } from './roll-up.ts';
import { dateLiteral, splitSegment } from './sql.ts';
import { appraisedTotals, CLOSING_MOVEMENT, OPENING_MOVEMENT, realisedMoney } from './value.ts';

/** Sums of an appraisal by segment, in the order of their names. */
export async function readAppraised(store: Store, name: AppraisalName, count: number): Promise<Appraised[]> {
  return (await store.rows(appraisedTotals(name, count))).map((row) => appraised(row, count));
}

/** What happened between the appraisals of the opening and the closing. */
export async function readMovement(
  store: Store,
  plan: LoadPlan,
  period: Period,
  openingMargins: boolean,
): Promise<Movement> {
  return {
    opening: (await store.rows(OPENING_MOVEMENT)).map((row) => ({
      ...appraised(row, 4),
      gains: units(row['gains']),
      losses: units(row['losses']),
      later: units(row['later']),
    })),
    closing: (await store.rows(CLOSING_MOVEMENT)).map((row) => ({
      ...appraised(row, 4),
      fresh: { customers: count(row['fresh']), value: units(row['fresh_value']) },
      notPositive: { customers: count(row['not_positive']), value: units(row['not_positive_value']) },
    })),
    realised: await readFlows(store, pricedBy(plan, openingMargins), period),
    realisedByClosing: openingMargins ? await readFlows(store, pricedBy(plan, false), period) : null,
  };
}

async function readFlows(store: Store, [plan, days]: readonly [LoadPlan, string], period: Period): Promise<Flows> {
  const money = await store.rows(realisedMoney(plan, days, dateLiteral(period.from), dateLiteral(period.to)));
  const realised = (known: bigint): Realised => {
    const row = money.find((one) => units(one['known']) === known);
    return { revenue: units(row?.['revenue']), margin: units(row?.['margin']) };
  };
  return { known: realised(1n), fresh: realised(0n) };
}

function appraised(row: Row, values: number): Appraised {
  return {
    segment: splitSegment(String(row['segment'])),
    customers: count(row['n']),
    values: Array.from({ length: values }, (_, i) => units(row[`v${i}`])),
  };
}
