import { isoOf } from '../../base/calendar.ts';
import { grouped } from '../../base/money.ts';
import { listOf } from '../../data/lists.ts';
import type { Cell, Chart, Fact, Section, View } from '../../data/report.ts';
import { seasonFacts } from '../../report/basis.ts';
import { FREQUENCIES, frequencyRows as fitRows, frequencyPicture } from '../../report/frequencies.ts';
import { listView, withChart } from '../../report/views.ts';
import { isTested, type Tested } from '../../valuation/backtest/found.ts';
import { AHEAD, aheadRows, FREQUENCY, frequencyRows, RECENCY, recencyRows } from './conditional-lists.ts';
import type { Validation } from './found.ts';
import { DECILES, decileRows, MODELS, modelRow, WEEKS, weekRows } from './lists.ts';

/** Weeks from one line of the curve to the next. */
const STEP = 4;

/** What a person reads: the best model and how near it came, all models side by side, then the best in detail. */
export function validateViews(validation: Validation, best: Tested, reason: string): readonly View[] {
  const weeks = weekRows(best, validation).filter((_, i, all) => (i + 1) % STEP === 0 || i + 1 === all.length);
  return [
    { type: 'facts', title: `Validation on a holdout of ${validation.span}`, facts: facts(validation, best, reason) },
    withChart(
      listView('Models side by side, errors in purchases a customer', 'models', {
        name: 'Model',
        predicted_purchases: 'Predicted purchases',
        predicted_margin: 'Predicted margin',
        mae: 'Mean absolute',
        rmse: 'Root mean squared',
        spearman: 'Rank correlation',
        top_decile_found: 'Top decile found',
      }),
      { kind: 'bars', along: ['name'], values: ['mae', 'rmse'], title: 'Error, purchases a customer' },
    ),
    withChart(
      listView(
        `Means a customer by tenths, ranked by what ${best.name} predicted`,
        listOf('deciles', DECILES, decileRows(best, validation)),
        {
          decile: 'Decile',
          customers: 'Customers',
          predicted_purchases: 'Predicted purchases',
          actual_purchases: 'Actual purchases',
          predicted_margin: 'Predicted margin',
          actual_margin: 'Actual margin',
        },
      ),
      againstActual('columns', 'decile', ['predicted_purchases', 'actual_purchases'], 'Purchases a customer'),
    ),
    withChart(
      listView(`Purchases since the holdout began, ${best.name}`, listOf('weekly', WEEKS, weeks), {
        week: 'Week',
        to: 'Up to',
        predicted_cumulative: 'Predicted',
        actual_cumulative: 'Actual',
      }),
      againstActual('lines', 'to', ['predicted_cumulative', 'actual_cumulative'], 'Purchases since the holdout began'),
    ),
    ...pictures(validation, best),
  ];
}

function againstActual(kind: Chart['kind'], along: string, values: readonly string[], title: string): Chart {
  return { kind, along: [along], values, title };
}

/** What was expected beside what happened, drawn where a format can: by week, of the data fitted to, and of the holdout. */
function pictures(validation: Validation, best: Tested): readonly View[] {
  const picture = (
    title: string,
    section: Section,
    headings: Readonly<Record<string, string>>,
    values: readonly string[],
    chart: Pick<Chart, 'kind' | 'title'>,
  ): View => {
    const columns = Object.entries(headings).map(([name, heading]) => ({ name, heading }));
    return { type: 'chart', title, section, columns, chart: { ...chart, along: [columns[0]!.name], values } };
  };
  const customers = { actual_customers: 'Actual', expected_customers: 'Expected' };
  const purchases = { predicted_purchases: 'Predicted', actual_purchases: 'Actual' };
  return [
    picture(
      'Purchases by week',
      listOf('weekly', WEEKS, weekRows(best, validation)),
      { to: 'Week up to', predicted: 'Predicted', actual: 'Actual' },
      ['predicted', 'actual'],
      { kind: 'lines', title: 'Purchases in a week' },
    ),
    frequencyPicture(
      'Customers by repeat purchases, as the model was fitted to them',
      listOf('fit', FREQUENCIES, fitRows(best.frequencies)),
    ),
    picture(
      'Customers by their purchases in the holdout',
      listOf('ahead', AHEAD, aheadRows(best)),
      { purchases: 'Purchases in the holdout', ...customers },
      Object.keys(customers),
      { kind: 'columns', title: 'Customers' },
    ),
    picture(
      'Purchases in the holdout by those before it',
      listOf('frequency', FREQUENCY, frequencyRows(best)),
      { repeat_purchases: 'Repeat purchases before', customers: 'Customers', ...purchases },
      Object.keys(purchases),
      { kind: 'columns', title: 'Purchases a customer' },
    ),
    picture(
      'Purchases in the holdout by time since the last before it',
      listOf('recency', RECENCY, recencyRows(best)),
      { weeks_from: 'Weeks since the last purchase, from', customers: 'Customers', ...purchases },
      Object.keys(purchases),
      { kind: 'columns', title: 'Purchases a customer' },
    ),
  ];
}

function facts(validation: Validation, best: Tested, reason: string): readonly Fact[] {
  const { assumptions, population, until, spend, trials } = validation;
  const row = modelRow(best, validation);
  const cell = (name: string): Cell => row[MODELS.findIndex((column) => column.name === name)]!;
  const money = (text: string): string =>
    `${grouped(text)}${assumptions.currency === null ? '' : ` ${assumptions.currency}`}`;
  const predicted = Number(cell('predicted_purchases'));
  const [actual, margin] = [cell('actual_purchases')!, cell('predicted_margin')];
  return [
    { label: 'Best model', value: `${best.name}: ${reason}` },
    {
      label: 'Purchases',
      value: `${grouped(actual)} actual; ${grouped(predicted.toFixed(1))} predicted${off(predicted, Number(actual))}`,
    },
    ...intervalFact(cell('prediction_interval'), Number(actual), 'purchases'),
    {
      label: 'Margin',
      value: [
        `${money(cell('actual_margin')!)} actual`,
        ...(margin === null ? [] : [`${money(margin)} predicted${off(Number(margin), Number(cell('actual_margin')))}`]),
      ].join('; '),
    },
    { label: 'Holdout', value: `${isoOf(assumptions.asOf + 1)} to ${isoOf(until)}` },
    {
      label: 'Customers',
      value: `${grouped(String(population.valued.customers))} who bought by ${isoOf(assumptions.asOf)}; later ones are left out`,
    },
    ...seasonFacts(best.note),
    { label: 'Spend', value: spend?.name ?? 'not fitted: no margin is predicted' },
    { label: 'Margin taken as', value: assumptions.margin },
    ...trials.flatMap((trial) =>
      isTested(trial) ? [] : [{ label: `Failed: ${trial.name}`, value: `${trial.error.code} ${trial.error.message}` }],
    ),
  ];
}

/** How far a prediction is off, as a share of what happened; nothing where nothing did. */
export function off(predicted: number, actual: number): string {
  if (!(actual > 0)) return '';
  const percent = (100 * (predicted - actual)) / actual;
  return ` (${percent < 0 ? '' : '+'}${percent.toFixed(1)}%)`;
}

/** Whether the interval of what is counted holds what happened. */
export function intervalFact(interval: Cell, actual: number, counted: 'purchases' | 'renewals'): readonly Fact[] {
  if (interval === null) return [];
  const [low, high] = interval.split(' ').map(Number) as [number, number];
  const between = [low, high].map((bound) => grouped(bound.toFixed(1))).join(' to ');
  const held = actual >= low && actual <= high ? 'holds' : 'does not hold';
  return [{ label: '95% prediction interval', value: `${between} ${counted}: ${held} what happened` }];
}
