import { FIGURE_DIGITS } from '../../../data/report.ts';
import type { ContractSummary } from '../../../valuation/backtest/contracts/scores.ts';

/** The best model and why. One holdout is a summary of one. */
export interface Best {
  readonly name: string;
  readonly reason: string;
}

/** The model whose renewals were off by least as printed, of those that fit at most origins; the earlier of two alike. */
export function bestContract(summaries: readonly ContractSummary[], origins: number): Best {
  const [best, second] = rankedContracts(summaries);
  const { name, fitted } = best!;
  const next = second?.fitted === fitted ? second : null;
  const which = origins === 1 ? '' : `, mean of ${fitted} origins`;
  if (!next)
    return { name, reason: summaries.length > 1 ? `the only one that could be fitted${which}` : 'the only one tried' };
  if (Number.isNaN(best!.renewals))
    return { name, reason: 'no renewal was made: there is no error to tell them apart by' };
  const [least, other] = [printed(best!), printed(next)];
  const lowest = `renewals off by least, ${least}`;
  return {
    name,
    reason:
      least === other ? `${lowest}, as ${next.name}${which}` : `${lowest}; next ${next.name} with ${other}${which}`,
  };
}

/** Those with the most fits first, then those whose renewals were off by least. */
export function rankedContracts(summaries: readonly ContractSummary[]): readonly ContractSummary[] {
  const missed = ({ renewals }: ContractSummary): number =>
    Number.isNaN(renewals) ? Number.POSITIVE_INFINITY : Number(renewals.toFixed(FIGURE_DIGITS));
  return [...summaries].sort(
    (a, b) => b.fitted - a.fitted || (missed(a) < missed(b) ? -1 : missed(a) > missed(b) ? 1 : 0),
  );
}

function printed({ renewals }: ContractSummary): string {
  return `${(100 * renewals).toFixed(FIGURE_DIGITS - 2)}%`;
}
