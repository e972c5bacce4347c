import { LINES, type LineId } from '../../aggregator/statement-lines.ts';
import { isoOf } from '../../base/calendar.ts';
import { unitsText } from '../../base/money.ts';
import { plural } from '../../base/plural.ts';
import { Exact, type Json } from '../../data/report.ts';
import type { DatedModels, Moved } from '../../valuation/ladder/found.ts';
import { methodology, percentText } from '../methodology.ts';
import type { Statement, StatementAssumptions } from './found.ts';

/** What every line is, for readers who have only the statement. */
export const LINE_MEANINGS: Readonly<Record<LineId, string>> = {
  opening: 'customer equity at the opening date, by what was known and assumed then; of a close, as it was reported',
  restatements:
    'of a close: the opening date valued by the models and assumptions of the close on the records of now, less what was reported',
  unwinding: 'interest: the opening equity is nearer by the period',
  margin_released: 'margin expected within the period, no longer ahead; with interest up to the closing',
  horizon_rolled: 'a finite horizon moves on by the period; nothing for a lifetime',
  experience_gains: 'opening customers who bought more, more recently or for more than expected',
  experience_losses: 'opening customers who bought less or for less than expected, or probably left',
  new_customers: 'customers whose first purchase fell in the period',
  transfers: 'opening customers who changed their segment: out of the old, into the new, zero in total',
  model_change: 'parameters of the closing in place of those of the opening',
  margin_change: 'margins of the closing in place of those of the opening',
  discount_rate_change: 'discount rate of the closing in place of that of the opening',
  closing: 'customer equity at the closing date, as clv compute values it',
};

/**
 * What a reader needs to judge a measure that no accounting standard defines: definition, population, method, assumptions at
 * both dates, what changed between them, and the prior period recast (IFRS Practice Statement 1, 7.5 and 7.8; SEC release
 * 33-10751).
 */
export function statementMethodology(assumptions: StatementAssumptions, statement: Statement<Moved>): Json {
  const { opening, discountRate, margin } = assumptions;
  return {
    ...methodology(assumptions),
    ...ladderNotes(assumptions, statement, LINE_MEANINGS),
    model_change_standard_error:
      'approximate: the difference of the variances under the parameters of both dates (Hausman 1978); in simulations the change ' +
      'of the model varied 1.2 to 1.3 times as much',
    intervals:
      'of the equity of the closing, 95 %: customer_equity_interval of the estimate, parameters alone; prediction_interval of the ' +
      'outcome: parameters, what the customers will do, and the error of the model (model_error), as clv compute has them',
    margin_realised:
      'by the margins of the opening, as what was expected of it; by_closing_margins the same by those of the closing, where ' +
      'they are others',
    assumptions: {
      opening: dated(opening.discountRate, opening.margin, statement.opening),
      closing: dated(discountRate, margin, statement.closing),
    },
    changes_since_prior_period: changes(assumptions, statement),
    ...recastNotes(assumptions, statement),
  };
}

/** Which dates are compared, how, and what the lines mean. */
export function ladderNotes(
  { opening }: StatementAssumptions,
  { period }: Statement,
  meanings: Readonly<Record<LineId, string>>,
): { readonly [key: string]: Json } {
  return {
    from: isoOf(period.from),
    to: isoOf(period.to),
    opening_date: opening.date,
    method:
      'each line is the difference of two valuations of the same customers that differ in one thing, each rounded to the minor ' +
      'unit at the customer; the lines sum to the closing exactly',
    lines: Object.fromEntries(LINES.map((line) => [line, meanings[line]])),
  };
}

/** The opening by the assumptions of the closing, and what a statement is not. */
export function recastNotes(
  { digits }: StatementAssumptions,
  { period, total, recast }: Statement,
): { readonly [key: string]: Json } {
  return {
    prior_period_recast: {
      as_of: isoOf(period.from),
      customer_equity_reported: new Exact(unitsText(total.opening, digits)),
      customer_equity_recast: new Exact(unitsText(recast, digits)),
      difference: new Exact(unitsText(recast - total.opening, digits)),
      basis: 'the customers of the opening date by the parameters, margins and discount rate of the closing',
    },
    limitations:
      'an estimate of management, not a measure of any accounting standard; it holds customers acquired up to its date only, ' +
      'and is not a part of net assets',
  };
}

function dated(discountRate: string, margin: string, models: DatedModels): Json {
  const { source, groups } = models;
  return {
    discount_rate_annual: new Exact(discountRate),
    margin,
    model: namesOf(models),
    spend_model: groups[0]!.spend.name,
    source: source === null ? 'fitted to the customers of the date' : `parameters from ${source}`,
  };
}

function namesOf({ groups }: DatedModels): string {
  return [...new Set(groups.map(({ model }) => model.name))].sort().join(' or ');
}

/** What differs between the assumptions of the two dates, in words; nothing where nothing does. */
export function changes(
  { opening, discountRate, margin }: StatementAssumptions,
  statement: Pick<Moved, 'opening' | 'closing'>,
): readonly string[] {
  const [before, after] = [statement.opening, statement.closing];
  const models = ({ groups }: DatedModels): string =>
    JSON.stringify(
      groups.map(({ name, model, spend }) => [name, model.name, model.parameters, spend.name, spend.parameters]),
    );
  return [
    ...(models(before) === models(after) ? [] : [changeOf('model', sourceOf(before), sourceOf(after))]),
    ...(opening.margin === margin ? [] : [changeOf('margins', opening.margin, margin)]),
    ...(opening.discountRate === discountRate
      ? []
      : [changeOf('discount rate', percentText(opening.discountRate), percentText(discountRate))]),
  ];
}

/** What an assumption was at the opening, and is at the closing. */
export function changeOf(what: string, before: string, after: string): string {
  return before === after
    ? `${what}: ${after}, at either date`
    : `${what}: at the opening ${before}; at the closing ${after}`;
}

function sourceOf(models: DatedModels): string {
  const { groups, source } = models;
  const [{ name, model, spend }] = groups as readonly [DatedModels['groups'][number]];
  const each =
    name.length === 0 ? '' : `, one for each of ${groups.length} ${plural(groups.length, 'group', 'groups')}`;
  const names = `${namesOf(models)}${model.season ? ' on a clock of months' : ''}, ${spend.name}${each}`;
  return source === null ? `${names} fitted to the data then known` : `${names} from ${source}`;
}
