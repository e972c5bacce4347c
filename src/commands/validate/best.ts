import { FIGURE_DIGITS } from '../../data/report.ts';
import { isTested, type Tested, type Trial } from '../../valuation/backtest/found.ts';

/** The model with the lowest mean absolute error of purchases, the earlier of two alike; and in words why it is the best. */
export function bestOf(trials: readonly Trial[]): { readonly best: Tested; readonly reason: string } {
  const [best, next] = trials.filter(isTested).sort((a, b) => a.accuracy.mae - b.accuracy.mae);
  const failed = trials.length - trials.filter(isTested).length;
  if (!next) return { best: best!, reason: failed > 0 ? 'the only one that could be fitted' : 'the only one tried' };
  const [mae, other] = [errorText(best!), errorText(next)];
  const reason =
    mae === other
      ? `lowest mean absolute error of purchases, ${mae} a customer, as ${next.name}`
      : `lowest mean absolute error of purchases, ${mae} a customer; next ${next.name} with ${other}`;
  return { best: best!, reason };
}

function errorText({ accuracy }: Tested): string {
  return accuracy.mae.toFixed(FIGURE_DIGITS);
}
