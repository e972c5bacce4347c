import { isoOf } from '../base/calendar.ts';
import { Decimal } from '../base/decimal.ts';
import { AMOUNT_SCALE, grouped, halfEvenUnits, MARGIN_SCALE, rescale, unitsText } from '../base/money.ts';
import type { Cell, Column, Fact, View } from '../base/report.ts';
import { listOf } from './lists.ts';
import { horizonText } from './methodology.ts';
import { recordFacts } from './shared-views.ts';
import type { Statement, StatementFound } from './statement-found.ts';
import { amountsOf, type Ladder, LINES, type LineId } from './statement-lines.ts';
import { changes } from './statement-methodology.ts';

/** The lines as a controller reads them. */
const LABELS: Readonly<Record<LineId, string>> = {
  opening: 'Opening customer equity',
  unwinding: 'Unwinding of the discount',
  margin_released: 'Expected margin released',
  horizon_rolled: 'Horizon rolled on',
  experience_gains: 'Experience: gains',
  experience_losses: 'Experience: losses',
  new_customers: 'New customers',
  transfers: 'Transfers between segments',
  model_change: 'Change of model parameters',
  margin_change: 'Change of margins',
  discount_rate_change: 'Change of discount rate',
  closing: 'Closing customer equity',
};

/** Segments side by side at most; more are a list of their own. */
const SIDE_BY_SIDE = 6;

/** What a person sees: the ladder, the segments beside it, the figures it is read with, and the series. */
export function statementViews(found: StatementFound, whole: Statement, series: readonly Statement[]): readonly View[] {
  const { from, to } = whole.period;
  return [
    ladderView(`Customer equity statement, ${isoOf(from)} to ${isoOf(to)}`, found, whole),
    { type: 'facts', title: 'Beside it', facts: facts(found, whole) },
    ...(series.length > 0 ? [seriesView(series, found.assumptions.digits)] : []),
  ];
}

/** Rows are lines; a column a segment where they are few, and the total. */
function ladderView(title: string, { assumptions: { digits, by } }: StatementFound, whole: Statement): View {
  const segments = by.length > 0 && whole.segments.length <= SIDE_BY_SIDE ? whole.segments : [];
  const columns: { name: string; heading: string; ladder: Ladder }[] = [
    ...segments.map(({ segment, ladder }, i) => ({ name: `segment_${i}`, heading: segment.join(' · '), ladder })),
    { name: 'total', heading: by.length > 0 ? 'Total' : 'Amount', ladder: whole.total },
  ];
  const amounts = columns.map(({ ladder }) => amountsOf(ladder, digits));
  const rows = LINES.map((line, i): Cell[] => [LABELS[line], ...amounts.map((column) => column[i]!)]);
  const kinds: Column[] = [
    { name: 'label', kind: 'text' },
    ...columns.map(({ name }): Column => ({ name, kind: 'money' })),
  ];
  return {
    type: 'section',
    title,
    section: listOf('ladder', kinds, rows),
    columns: [{ name: 'label', heading: by.length > 0 ? `By ${by.join(', ')}` : 'Line' }, ...columns],
  };
}

/** A row a period: what was expected, what experience added, and what assumptions did. */
function seriesView(series: readonly Statement[], digits: number): View {
  const columns = [
    { name: 'from', heading: 'From', kind: 'date' },
    { name: 'to', heading: 'To', kind: 'date' },
    { name: 'opening', heading: 'Opening', kind: 'money' },
    { name: 'expected', heading: 'As expected', kind: 'money' },
    { name: 'experience', heading: 'Experience', kind: 'money' },
    { name: 'new_customers', heading: 'New customers', kind: 'money' },
    { name: 'assumptions', heading: 'Assumptions', kind: 'money' },
    { name: 'closing', heading: 'Closing', kind: 'money' },
  ] as const;
  const money = (units: bigint): string => unitsText(units, digits);
  const rows = series.map(({ period, total }): Cell[] => [
    isoOf(period.from),
    isoOf(period.to),
    money(total.opening),
    money(total.unwinding + total.margin_released + total.horizon_rolled),
    money(total.experience_gains + total.experience_losses),
    money(total.new_customers),
    money(total.model_change + total.margin_change + total.discount_rate_change),
    money(total.closing),
  ]);
  return {
    type: 'section',
    title: 'Period by period',
    section: listOf('periods', columns, rows),
    columns,
  };
}

function facts(found: StatementFound, whole: Statement): readonly Fact[] {
  const { assumptions } = found;
  const { digits, currency, horizon, opening, discountRate } = assumptions;
  const { customers, expectedActive, movement, modelChangeError } = whole;
  const money = (units: bigint): string =>
    `${grouped(unitsText(units, digits))}${currency === null ? '' : ` ${currency}`}`;
  const count = (n: number): string => grouped(String(n));
  const { known, fresh } = movement.realised;
  const margin = (units: bigint): string => money(rescale(units, MARGIN_SCALE, digits));
  const notPositive = movement.closing.map((segment) => segment.notPositive);
  const worthless = notPositive.reduce((sum, one) => sum + one.customers, 0);
  const { model, spend } = whole.closing;
  return [
    {
      label: 'Customers',
      value: `${count(customers.opening)} + ${count(customers.fresh)} new = ${count(customers.closing)}`,
    },
    {
      label: 'Expected active',
      value: `${grouped(expectedActive.opening.toFixed(1))} at the opening, ${grouped(expectedActive.closing.toFixed(1))} at the closing`,
    },
    {
      label: 'Sales (revenue)',
      value: `${money(rescale(known.revenue + fresh.revenue, AMOUNT_SCALE, digits))} in the period`,
    },
    {
      label: 'Margin of opening customers',
      value: `${money(BigInt(halfEvenUnits(whole.expectedMargin, digits)))} expected, ${margin(known.margin)} realised`,
    },
    { label: 'Margin of new customers', value: `${margin(fresh.margin)} realised` },
    ...(modelChangeError === null
      ? []
      : [
          {
            label: 'Change of model',
            value: `standard error ${money(BigInt(halfEvenUnits(modelChangeError, digits)))}; --use-model FILE keeps the parameters`,
          },
        ]),
    { label: 'Opening recast', value: `${money(whole.recast)} by the assumptions of the closing` },
    ...changes(assumptions, whole).map((text) => ({ label: 'Changed', value: text })),
    ...(worthless === 0
      ? []
      : [
          {
            label: 'Mean margin of zero or less',
            value: `${count(worthless)} customers, ${money(notPositive.reduce((sum, { value }) => sum + value, 0n))} of the closing`,
          },
        ]),
    { label: 'Model', value: `${model.name}, ${spend.name}` },
    {
      label: 'Discount rate',
      value:
        opening.discountRate === discountRate
          ? annual(discountRate)
          : `${annual(opening.discountRate)}, then ${annual(discountRate)}`,
    },
    { label: 'Horizon', value: horizonText(horizon) },
    { label: 'Margin taken as', value: assumptions.margin },
    ...recordFacts(found),
  ];
}

function annual(rate: string): string {
  return `${new Decimal(rate).times(100).toFixed()}% a year, effective`;
}
