import type { RenewalHoldout } from '../../../data/contracts.ts';
import { type Runs, survivalRuns } from '../../../models/contracts/survival.ts';

/** A survivor table as it was some periods ago, and what came after. */
export interface CutTable {
  readonly runs: Runs;
  readonly holdout: RenewalHoldout;
  /** Cohorts that were there already, and the most periods of one. */
  readonly cohorts: number;
  readonly fitted: number;
}

/**
 * Takes the last periods off every cohort, since all end on one day; a cohort that began within them is left out. Who made the
 * renewals of a group is told by its survivors.
 * @param tables survivors of each cohort at 0, 1, 2 … periods
 * @param margin a customer and period, in currency units, or 0
 * @param held periods held out, 1 or more
 */
export function cutTable(tables: readonly (readonly number[])[], held: number): CutTable {
  const known = tables.filter(({ length }) => length > held);
  const groups = known.flatMap((survivors) => {
    const made = survivors.length - 1 - held;
    const later = survivors.slice(made);
    return later.map((there, renewed) => ({ made, renewed, count: there - (later[renewed + 1] ?? 0) }));
  });
  const rows = groups.filter(({ count }) => count > 0);
  return {
    runs: survivalRuns(known.map((survivors) => survivors.slice(0, -held))),
    holdout: {
      outcomes: {
        length: rows.length,
        made: Int32Array.from(rows, ({ made }) => made),
        decided: new Int32Array(rows.length).fill(held),
        renewed: Int32Array.from(rows, ({ renewed }) => renewed),
        count: Float64Array.from(rows, ({ count }) => count),
        margin: new Float64Array(rows.length),
      },
      margin: null,
    },
    cohorts: known.length,
    fitted: Math.max(0, ...known.map(({ length }) => length - 1 - held)),
  };
}
