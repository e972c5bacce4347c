import {
  type AgeOf,
  type CohortFound,
  costOfCustomer,
  type Payback,
  paybackOf,
} from '../../aggregator/acquisition/cohorts.ts';
import { meanText, quotientText } from '../../aggregator/past-money.ts';
import { SHARE_DIGITS } from '../../aggregator/shares.ts';
import { isoOf } from '../../base/calendar.ts';
import {
  AMOUNT_SCALE,
  grouped,
  groupedCount,
  MARGIN_SCALE,
  rescale,
  rescaledText,
  unitsText,
} from '../../base/money.ts';
import { listOf } from '../../data/lists.ts';
import type { Cell, Column, Fact, Kind, View } from '../../data/report.ts';
import { basisFacts } from '../../report/basis.ts';
import { moneyIn, recordFacts } from '../../report/views.ts';
import type { CohortsFound } from './found.ts';
import { lifetimeOf, ltvToCac, nameOf } from './lists.ts';
import { together } from './together.ts';
import { sumOf } from './warnings.ts';

const PERIODS = { '1m': 'month', '1q': 'quarter', '1y': 'year' } as const;

/** What a person sees: all together, a line a cohort, and margin and retention by age. */
export function cohortsViews(found: CohortsFound): readonly View[] {
  const { every, valued, acquisition, assumptions } = found;
  const by = assumptions.by.length > 0 ? assumptions.by : ['cohort'];
  const names = by.map((name) => ({ name, heading: name === 'cohort' ? 'Won in' : name }));
  const period = PERIODS[every.text];
  const money = (age: AgeOf): Cell => (age.cumulative === null ? null : unitsText(age.cumulative, assumptions.digits));
  const retention = ({ buyers, customers }: AgeOf): Cell =>
    quotientText(BigInt(buyers), BigInt(customers), SHARE_DIGITS);
  return [
    { type: 'facts', title: 'Cohorts', facts: facts(found) },
    {
      type: 'section',
      title:
        by[0] === 'cohort' ? `Customers by the ${period} of their first purchase` : `Customers by ${by.join(', ')}`,
      section: 'cohorts',
      columns: [
        ...names,
        { name: 'customers', heading: 'Customers' },
        { name: 'margin_mean', heading: 'Margin so far each' },
        ...(valued
          ? [
              { name: 'clv_mean', heading: 'CLV each' },
              { name: 'customer_equity', heading: 'Customer equity' },
              { name: 'break_even_spend', heading: 'Break-even spend' },
            ]
          : []),
      ],
      ...(valued && {
        chart: {
          kind: by[0] === 'cohort' ? 'columns' : 'bars',
          along: by,
          values: ['customer_equity'],
          title: 'Customer equity',
        },
      }),
    },
    ...(acquisition ? [costView(found, names)] : []),
    ...agesViews(found, `Margin a customer up to the end of each ${period} of age`, 'money', money),
    ...agesViews(found, `Share of the customers who bought, by ${period} of age`, 'share', retention),
  ];
}

/** What it cost to win the customers of each cohort, where that is known, and whether they have paid it back. */
function costView(found: CohortsFound, names: readonly { readonly name: string; readonly heading: string }[]): View {
  const { cohorts, valued, assumptions, every } = found;
  const { digits, by } = assumptions;
  const columns: readonly (Column & { readonly heading: string })[] = [
    ...names.map((column) => ({ ...column, kind: 'text' as const })),
    { name: 'acquisition_cost', heading: 'Cost', kind: 'money' },
    { name: 'cac', heading: 'CAC', kind: 'money' },
    { name: 'lifetime_margin_mean', heading: 'Margin so far and CLV each', kind: 'money' },
    { name: 'ltv_to_cac', heading: 'LTV:CAC', kind: 'number' },
    { name: 'payback', heading: `Paid back in ${PERIODS[every.text]} of age`, kind: 'text' },
  ];
  const rows = cohorts
    .filter(({ ages }) => ages.length > 0)
    .map((cohort): Cell[] => {
      const cac = costOfCustomer(cohort, digits);
      const ratio = valued === null ? null : ltvToCac(cohort, digits, 2);
      return [
        ...(by.length > 0 ? cohort.segment! : [nameOf(cohort, every)]),
        cohort.cost === null ? null : rescaledText(cohort.cost, AMOUNT_SCALE, digits),
        cac === null ? null : unitsText(cac, digits),
        valued === null ? null : meanText(lifetimeOf(cohort, digits), MARGIN_SCALE, cohort.customers, digits),
        ratio,
        cac === null ? null : paybackText(paybackOf(cohort, digits)),
      ];
    });
  return {
    type: 'section',
    title: 'Cost of winning them, and when it is paid back (95% interval)',
    section: listOf('costs', columns, rows),
    columns,
  };
}

/** 2 (1 to 3): the age, and those of the two ends of the intervals. */
function paybackText({ age, low, high }: Payback): string {
  if (low === null) return age === null ? 'not yet' : String(age);
  return `${age ?? 'not yet'} (${low} to ${high ?? 'later'})`;
}

/** Ages side by side on a terminal, at most. */
const SHOWN = 8;
/** Ages that are shown of many: the first ones, and whole years and parts of them. */
const USUAL = [0, 1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 60, 84];

/** A figure of cohorts by age: a picture of all ages, and a table of a few. */
function agesViews(
  { cohorts, every }: CohortsFound,
  title: string,
  kind: Kind,
  figure: (age: AgeOf) => Cell,
): readonly View[] {
  const bought = cohorts.filter(({ ages }) => ages.length > 0);
  const known = (cohort: CohortFound): readonly AgeOf[] => cohort.ages.filter((age) => figure(age) !== null);
  const most = Math.max(-1, ...bought.flatMap((cohort) => known(cohort).map(({ age }) => age)));
  if (most < 0) return [];
  const all = Array.from({ length: most + 1 }, (_, age) => age);
  const shown = all.length <= SHOWN ? all : fewOf(all);
  const columns: readonly (Column & { readonly heading: string })[] = [
    { name: 'cohort', heading: 'Age', kind: 'text' },
    ...shown.map((age) => ({ name: String(age), heading: String(age), kind })),
  ];
  const cellAt = ({ ages }: CohortFound, age: number): Cell => (ages[age] ? figure(ages[age]) : null);
  const rows = bought.map((cohort) => [nameOf(cohort, every), ...shown.map((age) => cellAt(cohort, age))]);
  const fields = bought.flatMap((cohort) =>
    known(cohort).map((age): Cell[] => [nameOf(cohort, every), String(age.age), figure(age)]),
  );
  const drawn: readonly (Column & { readonly heading: string })[] = [
    { name: 'cohort', heading: 'Cohort', kind: 'text' },
    { name: 'age', heading: `Age in ${PERIODS[every.text]}s`, kind: 'integer' },
    { name: 'figure', heading: title, kind },
  ];
  return [
    {
      type: 'chart',
      title,
      section: listOf('fields', drawn, fields),
      columns: drawn,
      chart: { kind: 'heat', along: ['age'], values: ['cohort', 'figure'], title: title.toLowerCase() },
    },
    { type: 'section', title, section: listOf('by_age', columns, rows), columns },
  ];
}

/** Some usual ages, and the last. */
function fewOf(ages: readonly number[]): readonly number[] {
  const last = ages.at(-1)!;
  const usual = USUAL.filter((age) => age < last);
  const step = usual.length / (SHOWN - 1);
  const few = Array.from({ length: SHOWN - 1 }, (_, i) => usual[Math.floor(i * step)]!);
  return [...new Set(few), last];
}

function facts(found: CohortsFound): readonly Fact[] {
  const { assumptions, valued, acquisition } = found;
  const money = moneyIn(assumptions);
  const { customers, withoutPurchase, margin, equity, won } = together(found);
  const count = (value: number): string => grouped(String(value));
  return [
    {
      label: 'Customers',
      value: `${count(customers)}, ${count(withoutPurchase)} of them without any purchase and in no cohort`,
    },
    { label: 'Margin so far', value: money(margin) },
    ...(equity === null ? [] : [{ label: 'Customer equity', value: money(equity) }]),
    ...(acquisition ? costFacts(acquisition, money, assumptions.digits) : []),
    ...(won
      ? [
          {
            label: 'CAC',
            value: `${grouped(won.cac)} a customer, of ${groupedCount(won.customers, 'customer')}`,
          },
          ...(won.ltvToCac === null
            ? []
            : [
                {
                  label: 'LTV:CAC',
                  value: `${Number(won.ltvToCac).toFixed(2)}: margin so far and customer equity over the cost`,
                },
              ]),
        ]
      : []),
    ...(valued
      ? basisFacts({ ...found, ...valued })
      : [
          { label: 'As of', value: isoOf(assumptions.asOf) },
          { label: 'Margin taken as', value: assumptions.margin },
          ...recordFacts(found),
        ]),
  ];
}

function costFacts(
  { costs, left }: NonNullable<CohortsFound['acquisition']>,
  money: (units: bigint) => string,
  digits: number,
): readonly Fact[] {
  const [all, none] = [costs, left].map((some) => rescale(sumOf(some), AMOUNT_SCALE, digits)) as [bigint, bigint];
  return [
    {
      label: 'Acquisition cost',
      value: `${money(all)} = ${money(all - none)} of the cohorts + ${money(none)} of none`,
    },
  ];
}
