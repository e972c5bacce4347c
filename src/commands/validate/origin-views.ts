import { isoOf } from '../../base/calendar.ts';
import { grouped, MARGIN_SCALE, rescale } from '../../base/money.ts';
import { listOf } from '../../data/lists.ts';
import type { Cell, Column, Fact, View } from '../../data/report.ts';
import { listView, moneyIn, withChart } from '../../report/views.ts';
import { currencyUnits, isScored, type Score, type Summary } from '../../valuation/backtest/scores.ts';
import { ranked } from './best.ts';
import type { Rolling, Validation, Verdict } from './found.ts';
import { figure } from './lists.ts';

/** What a person reads of several origins: the best model, how all did over them, and at each. */
export function originViews(validation: Validation, rolling: Rolling, verdict: Verdict): readonly View[] {
  const { scores, summaries } = rolling;
  return [
    {
      type: 'facts',
      title: `Validation at ${byOrigin(scores).length} origins, each with a holdout of ${validation.span}`,
      facts: facts(validation, rolling, verdict),
    },
    withChart(
      listView('Models over the origins, best first', listOf('over', OVER, ranked(summaries).map(overRow)), {
        model: 'Model',
        mae: 'Mean absolute error',
        purchases: 'Mean |ln| purchases',
        margin: 'Mean |ln| margin',
        held: 'Intervals held',
        width: 'Half width',
        failed: 'Failed fits',
      }),
      { kind: 'bars', along: ['model'], values: ['mae'], title: 'Mean absolute error, purchases a customer' },
    ),
    ...coveragePicture(scores, verdict.name),
    ...byOrigin(scores).map((alike) => originView(alike, validation)),
  ];
}

function facts(
  { assumptions, until }: Validation,
  { step, scores }: Rolling,
  { name, reason }: Verdict,
): readonly Fact[] {
  const failed = scores.flatMap(({ name, heldOut, scored }) =>
    isScored(scored)
      ? []
      : [{ label: `Failed: ${name}`, value: `as of ${isoOf(heldOut.asOf)}: ${scored.code} ${scored.message}` }],
  );
  const first = scores[0]!.heldOut.asOf;
  return [
    { label: 'Best model', value: `${name}: ${reason}` },
    {
      label: 'Origins',
      value: `${isoOf(first)} to ${isoOf(assumptions.asOf)}, ${step} days from one to the next; the last holdout ends on ${isoOf(until)}`,
    },
    { label: 'Margin taken as', value: assumptions.margin },
    ...failed,
  ];
}

const COVERAGE: readonly (Column & { readonly heading: string })[] = [
  { name: 'from', heading: 'Holdout after', kind: 'date' },
  { name: 'actual', heading: 'Actual', kind: 'integer' },
  { name: 'predicted', heading: 'Predicted', kind: 'number' },
  { name: 'low', heading: '95% interval, low', kind: 'number' },
  { name: 'high', heading: '95% interval, high', kind: 'number' },
];

/** What came beside what the best model had predicted, and whether it lies between the ends of its intervals. */
function coveragePicture(scores: readonly Score[], name: string): readonly View[] {
  const rows = scores.flatMap(({ name: own, heldOut, actual, scored }): Cell[][] => {
    if (own !== name || !isScored(scored)) return [];
    const { low, high } = scored.interval;
    const bounds = [low, high].map((bound) => rounded(bound, 1));
    return [[isoOf(heldOut.asOf), String(actual), rounded(scored.purchases, 1), ...bounds]];
  });
  if (rows.length < 2) return [];
  return [
    {
      type: 'chart',
      title: `Purchases of each holdout, and the intervals that ${name} gave for them`,
      section: listOf('coverage', COVERAGE, rows),
      columns: COVERAGE,
      chart: {
        kind: 'lines',
        along: ['from'],
        values: ['actual', 'predicted', 'low', 'high'],
        title: 'Purchases in the holdout',
      },
    },
  ];
}

/** The scores of each origin. */
function byOrigin(scores: readonly Score[]): readonly (readonly Score[])[] {
  const days = [...new Set(scores.map(({ heldOut }) => heldOut.asOf))];
  return days.map((day) => scores.filter(({ heldOut }) => heldOut.asOf === day));
}

const OVER: readonly Column[] = [
  { name: 'model', kind: 'text' },
  { name: 'mae', kind: 'number' },
  { name: 'purchases', kind: 'number' },
  { name: 'margin', kind: 'number' },
  { name: 'held', kind: 'number' },
  { name: 'width', kind: 'number' },
  { name: 'failed', kind: 'integer' },
];

function overRow({ name, mae, logPurchases, logMargin, held, fitted, halfWidth, failed }: Summary): Cell[] {
  return [
    name,
    figure(mae),
    rounded(logPurchases, 3),
    rounded(logMargin, 3),
    fitted === 0 ? null : `${held} of ${fitted}`,
    Number.isFinite(halfWidth) ? `±${(100 * halfWidth).toFixed(1)}%` : null,
    String(failed),
  ];
}

const EACH: readonly Column[] = [
  { name: 'model', kind: 'text' },
  { name: 'fitted_as', kind: 'text' },
  { name: 'predicted', kind: 'number' },
  { name: 'ratio', kind: 'number' },
  { name: 'interval', kind: 'interval' },
  { name: 'holds', kind: 'text' },
  { name: 'mae', kind: 'number' },
  { name: 'margin_ratio', kind: 'number' },
];

/** All models at one origin, what happened in the title. */
function originView(scores: readonly Score[], { assumptions: { digits, asOf, currency }, until }: Validation): View {
  const { heldOut, actual, actualMargin } = scores[0]!;
  const happened = moneyIn({ digits, currency })(rescale(actualMargin, MARGIN_SCALE, digits));
  const title = `As of ${isoOf(heldOut.asOf)}: ${grouped(String(actual))} purchases and a margin of ${happened} in the ${until - asOf} days after`;
  return listView(title, listOf('each', EACH, scores.map(eachRow)), {
    model: 'Model',
    fitted_as: 'Fitted as',
    predicted: 'Predicted purchases',
    ratio: 'Ratio',
    interval: '95% interval',
    holds: 'Holds',
    mae: 'Mean absolute error',
    margin_ratio: 'Margin ratio',
  });
}

/** Totals with no more digits than a person looks at. */
function eachRow({ name, actual, actualMargin, scored }: Score): Cell[] {
  if (!isScored(scored)) return [name, `failed, ${scored.code}`, null, null, null, null, null, null];
  const { low, high } = scored.interval;
  return [
    name,
    scored.fittedAs === name ? null : scored.fittedAs,
    rounded(scored.purchases, 1),
    rounded(scored.purchases / actual, 3),
    Number.isFinite(high) ? `${low.toFixed(0)} ${high.toFixed(0)}` : null,
    scored.held ? 'yes' : 'no',
    figure(scored.accuracy.mae),
    scored.margin === null ? null : rounded(scored.margin / currencyUnits(actualMargin), 3),
  ];
}

function rounded(value: number, decimals: number): Cell {
  return Number.isFinite(value) ? value.toFixed(decimals) : null;
}
