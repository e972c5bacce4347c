import type { LineId } from '../../aggregator/statement-lines.ts';
import { Exact, type Json } from '../../data/report.ts';
import type { ContractsValuation } from '../../valuation/contracts/by-fit.ts';
import type { ContractsMoved } from '../../valuation/contracts/ladder/between.ts';
import type { ValueAt } from '../../valuation/contracts/subscribers.ts';
import type { ContractTerms } from '../../valuation/contracts/terms.ts';
import { contractModelText, contractNotes, fitName, type LengthNote } from '../contracts.ts';
import type { Found } from '../found.ts';
import { methodology, percentText } from '../methodology.ts';
import type { Statement, StatementAssumptions } from './found.ts';
import { changeOf, LINE_MEANINGS, ladderNotes, recastNotes } from './methodology.ts';

/** What every line is of subscriptions, where it is not what it is of purchases. */
const MEANINGS: Readonly<Record<LineId, string>> = {
  ...LINE_MEANINGS,
  unwinding:
    'interest: the discount of a period for each renewal that falls due in the period, as subscriptions are valued',
  margin_released:
    'margin expected of the renewals that fall due in the period, no longer ahead; with interest up to the closing',
  horizon_rolled: 'a finite horizon moves on by the renewals that fall due; nothing for a lifetime',
  experience_gains:
    'opening customers who renewed where some were expected to leave, came back, pay more or took another plan; of those who ' +
    'are late, the chance that they still pay',
  experience_losses: 'opening customers who left or are late, pay less, or took another plan',
  new_customers: 'customers whose first payment fell in the period; who comes back is experience',
  model_change: 'retention by the parameters of the closing in place of those of the opening, each length by itself',
  margin_change: 'nothing: margins are those of the payments, and what changes in them is experience',
};

/** How the subscriptions of a statement are read and valued. */
export interface ContractStatementBasis extends Found<StatementAssumptions> {
  readonly settings: Pick<ContractTerms, 'timing' | 'growth' | 'cost'>;
  readonly lengths: readonly LengthNote[];
  /** What a period brings from now on. */
  readonly valueAt: ValueAt;
}

/**
 * What a reader needs to judge a statement of subscriptions: see `statementMethodology`.
 * @param recurring whether recurring revenue is told beside it
 */
export function contractStatementMethodology(
  { assumptions, settings, lengths, valueAt }: ContractStatementBasis,
  statement: Statement<ContractsMoved>,
  recurring: boolean,
): Json {
  const { opening, discountRate, margin } = assumptions;
  const dated = (rate: string, valuation: ContractsValuation): Json => ({
    discount_rate_annual: new Exact(rate),
    margin,
    model: modelsText(valuation),
  });
  return {
    ...methodology(assumptions),
    ...contractNotes(settings, lengths, valueAt),
    ...ladderNotes(assumptions, statement, MEANINGS),
    expected:
      'k renewals of a subscription fall due in the period by its schedule; at the closing it is expected to be worth its chance ' +
      'to make them times what it is worth after them, its margin grown as assumed; a renewal that was due at the opening is not ' +
      'one of them: its chance weighs the whole',
    margin_realised: 'payments of the period, one-off ones among them, less refunds and costs',
    intervals:
      'of the equity of the closing, 95 %: customer_equity_interval of the estimate, parameters alone; prediction_interval of ' +
      'the outcome, with what the subscriptions will do and the error of the model',
    ...(recurring && {
      recurring_revenue:
        'as clv mrr has it, from the day after the opening to the closing: what the terms in force are worth a month, by customer ' +
        'and day; segments are those of the payments',
    }),
    assumptions: {
      opening: dated(opening.discountRate, statement.opening),
      closing: dated(discountRate, statement.closing),
    },
    changes_since_prior_period: contractChanges(assumptions, statement),
    ...recastNotes(assumptions, statement),
  };
}

/** What differs between the assumptions of the two dates, in words; nothing where nothing does. */
export function contractChanges(
  { opening, discountRate }: StatementAssumptions,
  { opening: before, closing: after }: Pick<ContractsMoved, 'opening' | 'closing'>,
): readonly string[] {
  const known = new Map(before.fits.map((one) => [fitName(one.fit), believed(one)]));
  const isRefitted = after.fits.some((one) => (known.get(fitName(one.fit)) ?? believed(one)) !== believed(one));
  return [
    ...(isRefitted ? [changeOf('model', modelsText(before), modelsText(after))] : []),
    ...(opening.discountRate === discountRate
      ? []
      : [changeOf('discount rate', percentText(opening.discountRate), percentText(discountRate))]),
  ];
}

/** What values the subscriptions of a fit. */
function believed({ valuation: { fitted } }: ContractsValuation['fits'][number]): string {
  return JSON.stringify([fitted.model.name, fitted.fit.parameters]);
}

/** The models of a date in words, of each length where there are several. */
export function modelsText({ fits }: ContractsValuation): string {
  const named = (fit: string): string => (fits.length > 1 ? `${fit}: ` : '');
  return fits
    .map(({ fit, settings, valuation }) => named(fitName(fit)) + contractModelText(settings, valuation.fitted))
    .join('; ');
}
