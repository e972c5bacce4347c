import { amountsOf, type Ladder, LINES, type LineId } from '../../aggregator/statement-lines.ts';
import { isoOf } from '../../base/calendar.ts';
import { halfEvenUnits, unitsText } from '../../base/money.ts';
import { listOf } from '../../data/lists.ts';
import type { Cell, Column, Fact, View } from '../../data/report.ts';
import type { Moved } from '../../valuation/ladder/found.ts';
import { movesText, wentText } from '../answer.ts';
import { modelText, seasonFacts } from '../basis.ts';
import { intervalFacts } from '../intervals.ts';
import { segmentsTitle } from '../methodology.ts';
import { type listView, moneyIn, recordFacts, withChart } from '../views.ts';
import { basisFacts, movementFacts, notPositiveFacts } from './facts.ts';
import type { Statement, StatementAssumptions, StatementFound } from './found.ts';
import { changes } from './methodology.ts';

/** The lines as a controller reads them. */
const LABELS: Readonly<Record<LineId, string>> = {
  opening: 'Opening customer equity',
  restatements: 'Restatements of the past',
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

/** Segments side by side at most; more are a table of their own, a row each. */
const SIDE_BY_SIDE = 6;

/** What a person sees: the ladder, the segments in or below it, the figures it is read with, and the series. */
export function statementViews(
  found: StatementFound,
  whole: Statement<Moved>,
  series: readonly Statement[],
): readonly View[] {
  return ladderViews(found.assumptions, whole, series, statementFacts(found, whole));
}

/** The same of any statement. @param facts the figures it is read with */
export function ladderViews(
  assumptions: StatementAssumptions,
  whole: Statement,
  series: readonly Statement[],
  facts: readonly Fact[],
): readonly View[] {
  const { by, digits } = assumptions;
  const { from, to } = whole.period;
  const beside = by.length > 0 && whole.segments.length <= SIDE_BY_SIDE;
  return [
    ladderView(`Customer equity statement, ${isoOf(from)} to ${isoOf(to)}`, assumptions, whole, beside),
    ...(by.length > 0 && !beside ? [segmentsView(assumptions, whole)] : []),
    { type: 'facts', title: 'Beside it', facts },
    ...(series.length > 0 ? [seriesView(series, digits)] : []),
  ];
}

/** What a manager is told first: from what customer equity went to what, and what moved it most. */
export function statementAnswer(assumptions: StatementAssumptions, { period, total }: Statement): readonly string[] {
  const money = moneyIn(assumptions);
  const moved = LINES.slice(1, -1).map((line) => [LABELS[line], total[line]] as const);
  return [
    `Customer equity ${wentText(total.opening, total.closing, money)} between ${isoOf(period.from)} and ${isoOf(period.to)}.`,
    ...movesText(moved, money),
  ];
}

/** Rows are lines; a column a segment where they stand side by side, and the total. */
function ladderView(
  title: string,
  { digits, by, segmentFrom }: StatementAssumptions,
  whole: Statement,
  beside: boolean,
): View {
  const segments = beside ? whole.segments : [];
  const columns: { name: string; heading: string; ladder: Ladder }[] = [
    ...segments.map(({ segment, ladder }, i) => ({ name: `segment_${i}`, heading: segment.join(' · '), ladder })),
    { name: 'total', heading: beside ? 'Total' : 'Amount', ladder: whole.total },
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
    columns: [
      { name: 'label', heading: beside ? `By ${segmentFrom === 'first' ? 'first ' : ''}${by.join(', ')}` : 'Line' },
      ...columns,
    ],
    chart: { kind: 'waterfall', along: ['label'], values: ['total'], title: 'Customer equity' },
  };
}

/** Lines taken together, so that a ladder is a row: what was expected, what experience added, what assumptions did. */
const TOGETHER: readonly { readonly heading: string; readonly lines: readonly LineId[] }[] = [
  { heading: 'Opening', lines: ['opening'] },
  { heading: 'Restatements', lines: ['restatements'] },
  { heading: 'As expected', lines: ['unwinding', 'margin_released', 'horizon_rolled'] },
  { heading: 'Experience', lines: ['experience_gains', 'experience_losses'] },
  { heading: 'New customers', lines: ['new_customers'] },
  { heading: 'Transfers', lines: ['transfers'] },
  { heading: 'Assumptions', lines: ['model_change', 'margin_change', 'discount_rate_change'] },
  { heading: 'Closing', lines: ['closing'] },
];

/** A row a segment. */
function segmentsView(assumptions: StatementAssumptions, { segments }: Statement): View {
  const { by, digits } = assumptions;
  const keys = by.map((name) => ({ name, heading: name, kind: 'text' }) as const);
  return rowsView(
    segmentsTitle(assumptions),
    keys,
    segments.map(({ segment, ladder }) => ({ keys: segment, ladder })),
    digits,
  );
}

/** A row a period. */
function seriesView(series: readonly Statement[], digits: number): View {
  const keys = [
    { name: 'from', heading: 'From', kind: 'date' },
    { name: 'to', heading: 'To', kind: 'date' },
  ] as const;
  const rows = series.map(({ period, total }) => ({ keys: [isoOf(period.from), isoOf(period.to)], ladder: total }));
  const chart = { kind: 'lines', along: ['to'], values: ['Closing'], title: 'Customer equity' } as const;
  return withChart(rowsView('Period by period', keys, rows, digits), chart);
}

/** Those that have no column where there are none. */
const SELDOM = ['Restatements', 'Transfers'];

/** Ladders as rows; transfers have no column where there are none, as in totals. */
function rowsView(
  title: string,
  keys: readonly (Column & { readonly heading: string })[],
  rows: readonly { readonly keys: readonly string[]; readonly ladder: Ladder }[],
  digits: number,
): ReturnType<typeof listView> {
  const sum = (ladder: Ladder, lines: readonly LineId[]): bigint => lines.reduce((all, line) => all + ladder[line], 0n);
  const shown = TOGETHER.filter(
    ({ heading, lines }) => !SELDOM.includes(heading) || rows.some(({ ladder }) => sum(ladder, lines) !== 0n),
  );
  const columns = [...keys, ...shown.map(({ heading }) => ({ name: heading, heading, kind: 'money' }) as const)];
  const cells = rows.map((row): Cell[] => [
    ...row.keys,
    ...shown.map(({ lines }) => unitsText(sum(row.ladder, lines), digits)),
  ]);
  return { type: 'section', title, section: listOf('ladders', columns, cells), columns };
}

/** The figures that a statement is read with. */
function statementFacts(found: StatementFound, whole: Statement<Moved>): readonly Fact[] {
  const { assumptions } = found;
  const { digits } = assumptions;
  const money = moneyIn(assumptions);
  const { modelChangeError } = whole;
  return [
    ...(whole.movement.reported === null ? [] : [{ label: 'Opening', value: assumptions.opening.date }]),
    ...movementFacts(assumptions, whole),
    ...(modelChangeError === null
      ? []
      : [
          {
            label: 'Change of model',
            value: `standard error about ${money(BigInt(halfEvenUnits(modelChangeError, digits)))}; --use-model FILE keeps the parameters`,
          },
        ]),
    ...intervalFacts(whole.total.closing, whole.intervals, digits).map(({ label, value }) => ({
      label: label.startsWith('95%') ? `Closing, ${label}` : label,
      value,
    })),
    { label: 'Opening recast', value: `${money(whole.recast)} by the assumptions of the closing` },
    ...changes(assumptions, whole).map((text) => ({ label: 'Changed', value: text })),
    ...notPositiveFacts(assumptions, whole),
    { label: 'Model', value: modelText({ ...whole.closing, source: null, assumptions }) },
    ...seasonFacts(whole.closing.groups[0]!.model),
    ...basisFacts(assumptions),
    ...recordFacts(found),
  ];
}
