import type { Population } from '../../data/customers.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { BuyingModel } from '../../models/model.ts';
import { rollUpBySpend } from '../spend-choice.ts';
import type { Say, Valuing } from '../valuing.ts';
import type { Backtest, Failed } from './found.ts';
import { atOrigins, type HeldOut } from './rolling.ts';
import { isScored, type Score, scoreOf } from './scores.ts';
import { modelsTried } from './trials.ts';

/** What models did at every origin, and all that is known of them at the last. */
export interface TriedAtOrigins {
  /** Every model at every origin, in the order of both. */
  readonly scores: readonly Score[];
  readonly backtest: Backtest;
  readonly population: Population;
  /** Origins at which the spend could not be fitted. */
  readonly spendFailures: readonly { readonly heldOut: HeldOut; readonly error: Failed['error'] }[];
}

/**
 * Rolls the ledger up as of each origin and tries every model there, with what was known by then alone. It is left as of the
 * last.
 * @param origins one or more, the earliest first
 * @throws ClvError the first failure at the last origin where no model fits at any; E26x for a model file
 */
export async function tryAtOrigins(
  ledger: Ledger,
  settings: Valuing,
  models: readonly BuyingModel[],
  origins: readonly HeldOut[],
  say: Say = () => {},
): Promise<TriedAtOrigins> {
  const tryAt = async (heldOut: HeldOut, which: number) => {
    const sayHere: Say = (stage) =>
      say(origins.length === 1 ? stage : `origin ${which + 1} of ${origins.length}: ${stage}`);
    sayHere('rolling up customers');
    const {
      population,
      settings: chosen,
      spend,
    } = await rollUpBySpend(ledger, settings, ({ spendFrom, opportunity }) =>
      ledger.rollUp({ asOf: heldOut.asOf, spendFrom, fillMeans: false, opportunity, inSum: true }),
    );
    const { failure, ...backtest } = await modelsTried(ledger, chosen, models, heldOut, sayHere, spend);
    const { trials, holdout, spendFailure: error } = backtest;
    const scores = trials.map((trial, i) => scoreOf(models[i]!.name, trial, holdout, heldOut));
    return { scores, spendFailures: error ? [{ heldOut, error }] : [], population, backtest, failure };
  };
  const earlier = await atOrigins(origins.slice(0, -1), async (heldOut, i) => {
    const { scores, spendFailures } = await tryAt(heldOut, i);
    return { scores, spendFailures };
  });
  const { failure, population, backtest, ...last } = await tryAt(origins.at(-1)!, origins.length - 1);
  const all = [...earlier, last];
  const scores = all.flatMap((one) => one.scores);
  if (failure && !scores.some(({ scored }) => isScored(scored))) throw failure;
  return { scores, backtest, population, spendFailures: all.flatMap((one) => one.spendFailures) };
}
