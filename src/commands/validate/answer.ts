import { grouped } from '../../base/money.ts';
import { againstText, shareText } from '../../report/answer.ts';
import type { Tested } from '../../valuation/backtest/found.ts';
import { actualPurchases, predictionInterval } from '../../valuation/backtest/scores.ts';
import type { Validation, Verdict } from './found.ts';

/** What a manager is told first: how near the best model came, and whether its interval may be trusted. */
export function validateAnswer(validation: Validation, { name, tested }: Verdict): readonly string[] {
  const { rolling, span, trials } = validation;
  const of = trials.length > 1 ? `, the best of ${trials.length} models,` : '';
  if (!rolling)
    return [`${name}${of} was held against a holdout that it had not seen: ${span}.`, ...lastText(validation, tested)];
  const { held, fitted, logPurchases } = rolling.summaries.find((summary) => summary.name === name)!;
  return [
    `${name}${of} was held against holdouts that it had not seen, from ${fitted} ${fitted === 1 ? 'day' : 'days'} of the past on, each ${span}.`,
    `Its 95% interval held what happened ${held} of ${fitted} times; on average it was off by ${shareText(Math.expm1(logPurchases))} of the purchases.`,
    ...(tested === null ? [] : [`At the last: ${lastText(validation, tested).join(' ')}`]),
  ];
}

function lastText({ holdout }: Validation, tested: Tested | null): readonly string[] {
  if (tested === null) return [];
  const actual = actualPurchases(holdout);
  const { low, high } = predictionInterval(tested);
  const held = actual >= low && actual <= high ? 'holds' : 'does not hold';
  const interval = Number.isFinite(high)
    ? [`The 95% interval, ${[low, high].map((bound) => grouped(bound.toFixed(0))).join(' to ')}, ${held} that.`]
    : [];
  return [againstText(tested.prediction.purchases, actual, 'purchases'), ...interval];
}
