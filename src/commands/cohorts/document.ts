import { AMOUNT_SCALE, rescaledText, unitsText } from '../../base/money.ts';
import { Exact, type Json, type Report } from '../../data/report.ts';
import { envelope } from '../../report/found.ts';
import { inputBlock } from '../../report/input.ts';
import { methodology } from '../../report/methodology.ts';
import { onlyModelBlock } from '../../report/model.ts';
import { cohortsAnswer } from './answer.ts';
import type { CohortsFound } from './found.ts';
import { agesList, cohortsList } from './lists.ts';
import { together } from './together.ts';
import { cohortsViews } from './views.ts';
import { sumOf } from './warnings.ts';

/** The report of `clv cohorts`. */
export function cohortsReport(found: CohortsFound): Report {
  return {
    command: 'cohorts',
    document: [
      ...envelope('cohorts', found, cohortsMethodology(found), inputBlock(found)),
      ['model', onlyModelBlock(found.valued)],
      ['totals', totals(found)],
      ['cohorts', cohortsList(found)],
      ['ages', agesList(found)],
    ],
    main: 'cohorts',
    views: cohortsViews(found),
    answer: async () => cohortsAnswer(found),
  };
}

function totals(found: CohortsFound): Json {
  const { digits } = found.assumptions;
  const { customers, withoutPurchase, margin, equity, won } = together(found);
  const exact = (text: string | null): Json => (text === null ? null : new Exact(text));
  const cost = (units: bigint): Json => exact(rescaledText(units, AMOUNT_SCALE, digits));
  const { acquisition } = found;
  return {
    customers,
    customers_without_purchase: withoutPurchase,
    margin: exact(unitsText(margin, digits)),
    customer_equity: exact(equity === null ? null : unitsText(equity, digits)),
    acquisition_cost: acquisition && cost(sumOf(acquisition.costs)),
    acquisition_cost_without_cohort: acquisition && cost(sumOf(acquisition.left)),
    customers_with_cost: won?.customers ?? null,
    cac: won && exact(won.cac),
    ltv_to_cac: won && exact(won.ltvToCac),
  };
}

function cohortsMethodology({ assumptions, every, valued }: CohortsFound): Json {
  const notes = methodology(assumptions);
  const by = assumptions.by.join(', ');
  return {
    ...notes,
    every: every.text,
    population:
      'every customer with a transaction on or before the as-of date; those without any purchase apart, in no cohort',
    definition:
      `cohorts: customers by ${by === '' ? 'the calendar period of their first purchase' : by}. age: calendar periods after that of ` +
      'the first purchase, which is age 0; money before it counts at age 0. customers, buyers, retention and cumulative_margin_mean ' +
      'at an age: of those whose period of that age was over on the as-of date; margin at an age: of all, so that ages sum to the ' +
      'cohort. margin: realised, after costs, not discounted. ' +
      'cumulative_margin_interval: mean ± 1.96 s/√n, s the standard deviation of the cumulative margins of these n customers, each ' +
      'in whole minor units (normal approximation, 95% at each age; null for one customer). ' +
      'lifetime_margin_mean: (margin + customer_equity) / customers. break_even_spend: margin + customer_equity, the acquisition cost ' +
      'at which ltv_to_cac is 1. cac: acquisition_cost / customers. ltv_to_cac: (margin + customer_equity) / acquisition_cost. ' +
      'payback_age: the first age at which cumulative_margin_mean reaches cac, null where it has not; payback_age_low and ' +
      'payback_age_high: the first at which the upper and the lower end of its interval do.' +
      (valued ? ` ${String(notes['definition'])}` : ''),
  };
}
