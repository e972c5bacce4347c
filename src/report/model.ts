import { byMonth } from '../base/calendar.ts';
import { halfEvenUnits, unitsText } from '../base/money.ts';
import { Exact, FIGURE_DIGITS, type Json } from '../data/report.ts';
import type { ModelNote, SpendNote, ValuationNotes } from '../valuation/found.ts';
import type { Assumptions } from './methodology.ts';

/** A model of buying and that of spend (null where there is none), as `--use-model` reads them. */
export function modelBlock({
  model,
  spend,
}: {
  /** `source` is the file of parameters that were not fitted to these data. */
  readonly model: ModelNote & { readonly source: string | null };
  readonly spend: SpendNote | null;
}): { readonly [key: string]: Json } {
  return {
    name: model.name,
    time_unit: model.timeUnit ?? 'week',
    ...noteBlock(model),
    ...seasonBlock(model),
    groups: null,
    source: model.source,
    spend: spend && spendBlock(spend),
  };
}

/** The models that all customers were valued by, which are one pair; null where they were not valued. */
export function onlyModelBlock(valued: Pick<ValuationNotes, 'groups' | 'source'> | null): Json {
  if (valued === null) return null;
  const { model, spend } = valued.groups[0]!;
  return modelBlock({ model: { ...model, source: valued.source }, spend });
}

/** The models of several groups: there are no parameters of all of them. */
function groupedModelBlock(
  { groups, source }: Pick<ValuationNotes, 'groups' | 'source'>,
  fitBy: readonly string[],
  digits: number,
): Json {
  const { model, spend } = groups[0]!;
  const alike = new Set(groups.map((group) => group.model.name)).size === 1;
  return {
    name: alike ? model.name : null,
    time_unit: model.timeUnit ?? 'week',
    parameters: null,
    standard_errors: null,
    log_likelihood: null,
    customers: groups.reduce((sum, group) => sum + (group.pooled ? 0 : group.model.customers), 0),
    ...seasonBlock(model),
    groups: groups.map((group) => ({
      ...Object.fromEntries(fitBy.map((column, i) => [column, group.name[i]!])),
      pooled: group.pooled,
      ...(alike ? {} : { name: group.model.name }),
      ...noteBlock(group.model),
      prospect_value: new Exact(unitsText(halfEvenUnits(group.prospectValue, digits), digits)),
      spend: spendBlock(group.spend),
    })),
    source,
    spend: { name: spend.name },
  };
}

function spendBlock(spend: SpendNote): Json {
  const correlation = spend.correlation === null ? null : new Exact(spend.correlation.toFixed(FIGURE_DIGITS));
  return { name: spend.name, spend_from: spend.spendFrom, ...noteBlock(spend), correlation };
}

/** The clock that a model runs on, or null where one was asked for and there are too few data. */
export function seasonBlock({ season }: ModelNote): { readonly season?: Json } {
  if (season === undefined) return {};
  if (season === null) return { season };
  return { season: { factors: byMonth(season.factors), learned_from_days: season.learned?.days ?? null } };
}

/** What was fitted, and how well. */
export function noteBlock(fitted: ModelNote): { readonly [key: string]: Json } {
  return {
    ...(fitted.regularity === undefined ? {} : { regularity: fitted.regularity }),
    ...(fitted.chosen === undefined ? {} : { chosen: fitted.chosen }),
    ...(fitted.limit ? { limit_of: fitted.limit.of } : {}),
    parameters: named(fitted.parameterNames, fitted.parameters),
    standard_errors: fitted.standardErrors && named(fitted.parameterNames, fitted.standardErrors),
    log_likelihood: Number.isNaN(fitted.logLikelihood) ? null : new Exact(fitted.logLikelihood.toFixed(FIGURE_DIGITS)),
    customers: fitted.customers,
  };
}

function named(names: readonly string[], values: readonly number[]): Json {
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

/** The models of a valuation: one of all customers, or one a group. */
export function modelsBlock({
  groups,
  source,
  assumptions,
}: Pick<ValuationNotes, 'groups' | 'source'> & { readonly assumptions: Pick<Assumptions, 'fitBy' | 'digits'> }): Json {
  if (groups[0]!.name.length > 0) return groupedModelBlock({ groups, source }, assumptions.fitBy, assumptions.digits);
  const { model, spend } = groups[0]!;
  return modelBlock({ model: { ...model, source }, spend });
}
