import type { RenewalHoldout } from '../../../data/contracts.ts';
import { USUAL_MODEL_ERROR } from '../../../engine/model-error.ts';
import { type Runs, type SurvivalModel, survivalRuns } from '../../../models/contracts/survival.ts';
import { type ContractScore, contractScoreOf, happenedIn, isContractScored } from './scores.ts';
import { type ContractBacktest, contractsTried } from './trials.ts';

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

/** What models did on a table at every origin, and all that is known of them at the last. */
export interface TableAtOrigins {
  /** Every model at every origin, in the order of both. */
  readonly scores: readonly ContractScore[];
  readonly backtest: ContractBacktest;
  readonly last: CutTable;
}

/**
 * Tries every model on the table as it was at each of some origins, a period from one to the next: what is held out of an earlier
 * one begins and ends so many periods before. A cohort that had not begun is left out.
 * @param held periods held out at each @param count origins, 1 or more
 * @throws ClvError the first failure at the last origin where no model fits at any
 */
export function tableAtOrigins(
  models: readonly SurvivalModel[],
  tables: readonly (readonly number[])[],
  held: number,
  count: number,
): TableAtOrigins {
  const origins = Array.from({ length: count }, (_, i) => {
    const earlier = count - 1 - i;
    const cut = cutTable(
      tables.map((survivors) => survivors.slice(0, Math.max(0, survivors.length - earlier))),
      held,
    );
    return { cut, backtest: contractsTried(models, cut.runs, cut.holdout, () => USUAL) };
  });
  const scores = origins.flatMap(({ cut, backtest: { trials, holdout } }) =>
    trials.map((trial) => contractScoreOf(trial, happenedIn(holdout), { fitted: cut.fitted, held })),
  );
  const { cut: last, backtest } = origins.at(-1)!;
  if (backtest.failure && !scores.some(({ scored }) => isContractScored(scored))) throw backtest.failure;
  return { scores, backtest, last };
}

/** Nothing is learned from a table of a few periods. */
const USUAL = { tau: USUAL_MODEL_ERROR, source: 'usual', origins: [] } as const;
