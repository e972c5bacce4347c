import { type CohortFound, costOfCustomer, paybackOf } from '../../aggregator/acquisition/cohorts.ts';
import { calendarName } from '../../aggregator/cohorts.ts';
import { meanText, quotientText } from '../../aggregator/past-money.ts';
import { apportion, roundedUnits, SHARE_DIGITS } from '../../aggregator/shares.ts';
import { AMOUNT_SCALE, MARGIN_SCALE, rescaledText, unitsText } from '../../base/money.ts';
import { listOf } from '../../data/lists.ts';
import type { Opportunity } from '../../data/opportunity.ts';
import { type Cell, type Column, FIGURE_DIGITS, type Section } from '../../data/report.ts';
import type { CohortsFound } from './found.ts';

export const COHORTS: readonly Column[] = [
  { name: 'customers', kind: 'integer' },
  { name: 'margin', kind: 'money' },
  { name: 'margin_mean', kind: 'money' },
  { name: 'customer_equity', kind: 'money' },
  { name: 'clv_mean', kind: 'money' },
  { name: 'lifetime_margin_mean', kind: 'money' },
  { name: 'break_even_spend', kind: 'money' },
  { name: 'acquisition_cost', kind: 'money' },
  { name: 'cac', kind: 'money' },
  { name: 'ltv_to_cac', kind: 'number' },
  { name: 'payback_age', kind: 'integer' },
  { name: 'payback_age_low', kind: 'integer' },
  { name: 'payback_age_high', kind: 'integer' },
];

export const AGES: readonly Column[] = [
  { name: 'age', kind: 'integer' },
  { name: 'customers', kind: 'integer' },
  { name: 'buyers', kind: 'integer' },
  { name: 'retention', kind: 'share' },
  { name: 'margin', kind: 'money' },
  { name: 'cumulative_margin_mean', kind: 'money' },
  { name: 'cumulative_margin_interval', kind: 'interval' },
];

/** Columns of ours, beside which a column of cohorts would stand twice. */
export const TAKEN = ['cohort', ...COHORTS, ...AGES].map((column) =>
  typeof column === 'string' ? column : column.name,
);

/** A cohort in one text: its period, or its values; null: customers without any purchase. */
export function nameOf({ period, segment }: CohortFound, every: Opportunity): string | null {
  if (segment !== null) return segment.join(' · ');
  return period === null ? null : calendarName(period, every);
}

type Listed = Pick<CohortsFound, 'every' | 'cohorts' | 'valued'> & {
  readonly assumptions: Pick<CohortsFound['assumptions'], 'by' | 'digits'>;
};

/** The columns that say which cohort it is, and their cells. */
function namesOf({ assumptions: { by }, every }: Listed): {
  readonly columns: readonly Column[];
  readonly cells: (cohort: CohortFound) => readonly Cell[];
} {
  const columns = (by.length > 0 ? by : ['cohort']).map((name): Column => ({ name, kind: 'text' }));
  return {
    columns,
    cells: (cohort) => (by.length > 0 ? by.map((_, i) => cohort.segment?.[i] ?? null) : [nameOf(cohort, every)]),
  };
}

/** A row a cohort; the margins add up to that of all. */
export function cohortsList(found: Listed): Section {
  const { columns, cells } = namesOf(found);
  const margins = marginsOf(found);
  const rows = found.cohorts.map((cohort, i) => [...cells(cohort), ...figuresOf(cohort, margins[i]!, found)]);
  return listOf('cohorts', [...columns, ...COHORTS], rows);
}

/** Realised margins in minor units. */
export function marginsOf({ cohorts, assumptions: { digits } }: Listed): readonly bigint[] {
  return roundedUnits(
    cohorts.map(({ margin }) => margin),
    MARGIN_SCALE,
    digits,
  );
}

/** @param margin the realised one as it is printed */
function figuresOf(cohort: CohortFound, margin: bigint, { valued, assumptions: { digits } }: Listed): readonly Cell[] {
  const { customers, clv, cost, ages } = cohort;
  const bought = ages.length > 0;
  const worth = valued !== null && bought;
  const cac = costOfCustomer(cohort, digits);
  const payback = paybackOf(cohort, digits);
  const all = lifetimeOf(cohort, digits);
  const age = (found: number | null): Cell => (found === null ? null : String(found));
  return [
    String(customers),
    unitsText(margin, digits),
    meanText(cohort.margin, MARGIN_SCALE, customers, digits),
    worth ? unitsText(clv, digits) : null,
    worth ? meanText(clv, digits, customers, digits) : null,
    worth ? meanText(all, MARGIN_SCALE, customers, digits) : null,
    worth ? unitsText(margin + clv, digits) : null,
    cost === null ? null : rescaledText(cost, AMOUNT_SCALE, digits),
    cac === null ? null : unitsText(cac, digits),
    worth ? ltvToCac(cohort, digits, FIGURE_DIGITS) : null,
    age(payback.age),
    age(payback.low),
    age(payback.high),
  ];
}

/** Realised margin and customer equity, in 10^-10. */
export function lifetimeOf({ margin, clv }: CohortFound, digits: number): bigint {
  return margin + clv * 10n ** BigInt(MARGIN_SCALE - digits);
}

/** Realised margin and customer equity over the acquisition cost; null where there is none, or it is zero. */
export function ltvToCac(cohort: CohortFound, digits: number, decimals: number): Cell {
  if (cohort.cost === null) return null;
  return quotientText(lifetimeOf(cohort, digits), cohort.cost * 10n ** BigInt(MARGIN_SCALE - AMOUNT_SCALE), decimals);
}

/** A row for each age of each cohort; the margins add up to those of the cohorts. */
export function agesList(found: Listed): Section {
  const { columns, cells } = namesOf(found);
  const { digits } = found.assumptions;
  const margins = marginsOf(found);
  const rows = found.cohorts.flatMap((cohort, i) => {
    const parts = partsOf(cohort, margins[i]!, digits);
    return cohort.ages.map((age, at): Cell[] => [
      ...cells(cohort),
      String(age.age),
      String(age.customers),
      String(age.buyers),
      quotientText(BigInt(age.buyers), BigInt(age.customers), SHARE_DIGITS),
      unitsText(parts[at]!, digits),
      age.cumulative === null ? null : unitsText(age.cumulative, digits),
      age.low === null || age.high === null ? null : `${unitsText(age.low, digits)} ${unitsText(age.high, digits)}`,
    ]);
  });
  return listOf('ages', [...columns, ...AGES], rows);
}

/** Margins by age that sum to that of the cohort as it is printed. */
function partsOf({ ages }: CohortFound, total: bigint, digits: number): readonly bigint[] {
  return apportion(
    ages.map(({ margin }) => margin),
    10n ** BigInt(MARGIN_SCALE - digits),
    total,
  );
}
