import { grouped } from '../../../base/money.ts';
import { plural } from '../../../base/plural.ts';
import { againstText, shareText } from '../../../report/answer.ts';
import {
  type ContractSummary,
  isContractScored,
  scoredContract,
  sum,
} from '../../../valuation/backtest/contracts/scores.ts';
import { isContractTested } from '../../../valuation/backtest/contracts/trials.ts';
import type { Best } from './best.ts';
import type { ContractValidation } from './found.ts';

/** What a manager is told first: how near the best model of contracts came, and whether its interval may be trusted. */
export function contractAnswer(
  validation: ContractValidation,
  summaries: readonly ContractSummary[],
  { name }: Best,
): readonly string[] {
  const { rolling, span, trials } = validation;
  const of = trials.length > 1 ? `, the best of ${trials.length} models,` : '';
  const last = lastText(validation, name);
  if (!rolling) return [`${name}${of} was held against a holdout that it had not seen: ${span}.`, ...last];
  const scored = rolling.scores.flatMap((one) => (one.name === name && isContractScored(one.scored) ? one.scored : []));
  const held = scored.filter((one) => one.held).length;
  const times = `${scored.length} ${plural(scored.length, 'time', 'times')}`;
  const { renewals } = summaries.find((summary) => summary.name === name)!;
  const off = Number.isFinite(renewals) ? `; on average it was off by ${shareText(renewals)} of the renewals` : '';
  return [
    `${name}${of} was held against holdouts that it had not seen, ${times} in the past, each ${span}.`,
    `Its 95% interval held what happened ${held} of ${times}${off}.`,
    ...(last.length === 0 ? [] : [`At the last: ${last.join(' ')}`]),
  ];
}

/** At the last origin; nothing where the model could not be fitted there. */
function lastText({ trials, happened }: ContractValidation, best: string): readonly string[] {
  const tested = trials.filter(isContractTested).find(({ name }) => name === best);
  if (!tested) return [];
  const { renewals, interval } = scoredContract(tested, happened);
  const actual = sum(happened.renewals);
  const holds = actual >= interval.low && actual <= interval.high ? 'holds' : 'does not hold';
  const bounds = [interval.low, interval.high].map((bound) => grouped(bound.toFixed(0))).join(' to ');
  return [
    againstText(renewals, actual, 'renewals'),
    ...(Number.isFinite(interval.high) ? [`The 95% interval, ${bounds}, ${holds} that.`] : []),
  ];
}
