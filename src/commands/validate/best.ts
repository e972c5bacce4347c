import { FIGURE_DIGITS } from '../../data/report.ts';
import { isTested, type Tested, type Trial } from '../../valuation/backtest/found.ts';
import type { Summary } from '../../valuation/backtest/scores.ts';

/**
 * The model with the lowest mean absolute error of purchases as printed, the earlier of two alike; and in words why it is the
 * best.
 */
export function bestOf(trials: readonly Trial[]): { readonly best: Tested; readonly reason: string } {
  const [best, next] = trials.filter(isTested).sort((a, b) => printed(a.accuracy) - printed(b.accuracy));
  const failed = trials.length - trials.filter(isTested).length;
  if (!next) return { best: best!, reason: only(failed) };
  const found = { name: best!.name, mae: best!.accuracy.mae };
  return { best: best!, reason: reasonOf(found, { name: next.name, mae: next.accuracy.mae }, '') };
}

/** As `bestOf`, by the mean over the origins, of those models that fit at most origins: hard ones left out flatter. */
export function bestOver(summaries: readonly Summary[]): { readonly best: Summary; readonly reason: string } {
  const [best, second] = ranked(summaries);
  const most = best!.fitted;
  const next = second?.fitted === most ? second : null;
  const others = summaries.some(({ fitted }) => fitted < most);
  if (!next) return { best: best!, reason: others ? `the only one that fits at ${most} origins` : only(0) };
  const which = `, mean of ${most} origins${others ? ' of the models that fit at as many' : ''}`;
  return { best: best!, reason: reasonOf(best!, next, which) };
}

/** Those with the most fits first, then those with the lowest mean absolute error. */
export function ranked(summaries: readonly Summary[]): readonly Summary[] {
  return [...summaries].sort((a, b) => b.fitted - a.fitted || printed(a) - printed(b));
}

function only(failed: number): string {
  return failed > 0 ? 'the only one that could be fitted' : 'the only one tried';
}

function printed({ mae }: Pick<Summary, 'mae'>): number {
  return Number(mae.toFixed(FIGURE_DIGITS));
}

type Missing = Pick<Summary, 'name' | 'mae'>;

function reasonOf(best: Missing, next: Missing, which: string): string {
  const [mae, other] = [best, next].map((one) => one.mae.toFixed(FIGURE_DIGITS)) as [string, string];
  const lowest = `lowest mean absolute error of purchases, ${mae} a customer`;
  return mae === other ? `${lowest}, as ${next.name}${which}` : `${lowest}; next ${next.name} with ${other}${which}`;
}
