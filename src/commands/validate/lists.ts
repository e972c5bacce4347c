import { isoOf } from '../../base/calendar.ts';
import { halfEvenUnits, MARGIN_SCALE, rescale, unitsText } from '../../base/money.ts';
import type { Cell, Column } from '../../data/report.ts';
import { FIGURE_DIGITS } from '../../data/report.ts';
import { weekEnds } from '../../engine/holdout.ts';
import type { Interval } from '../../engine/intervals.ts';
import { isTested, type Tested, type Trial } from '../../valuation/backtest/found.ts';
import { actualPurchases, predictedMargin, predictionInterval } from '../../valuation/backtest/scores.ts';
import type { Validation } from './found.ts';

/** The lists of a validation: rows of cells, which become objects of the document and sections of csv and ndjson alike. */

/** Totals of all customers, then errors a customer. The interval is 95 %, of the outcome. */
export const MODELS: readonly Column[] = [
  { name: 'name', kind: 'text' },
  { name: 'customers', kind: 'integer' },
  { name: 'log_likelihood', kind: 'number' },
  { name: 'predicted_purchases', kind: 'number' },
  { name: 'prediction_interval', kind: 'interval' },
  { name: 'actual_purchases', kind: 'integer' },
  { name: 'predicted_margin', kind: 'money' },
  { name: 'actual_margin', kind: 'money' },
  { name: 'mae', kind: 'number' },
  { name: 'rmse', kind: 'number' },
  { name: 'spearman', kind: 'number' },
  { name: 'top_decile_found', kind: 'number' },
  { name: 'error', kind: 'text' },
];

export function modelRow(trial: Trial, { holdout, assumptions: { digits } }: Validation): Cell[] {
  const actual = String(actualPurchases(holdout));
  const margin = exactMoney(holdout.margin, digits);
  if (!isTested(trial)) {
    const known: Readonly<Record<string, string>> = {
      name: trial.name,
      actual_purchases: actual,
      actual_margin: margin,
      error: `${trial.error.code} ${trial.error.message}`,
    };
    return MODELS.map(({ name }) => known[name] ?? null);
  }
  const { note, prediction, accuracy } = trial;
  return [
    trial.name,
    String(note.customers),
    figure(note.logLikelihood),
    figure(prediction.purchases),
    intervalCell(predictionInterval(trial)),
    actual,
    money(predictedMargin(trial), digits),
    margin,
    figure(accuracy.mae),
    figure(accuracy.rmse),
    figure(accuracy.spearman),
    figure(accuracy.topDecileFound),
    null,
  ];
}

/** "low high"; null where the purchases have no variance. */
export function intervalCell({ low, high }: Interval): Cell {
  return Number.isFinite(low) && Number.isFinite(high)
    ? [low, high].map((bound) => bound.toFixed(FIGURE_DIGITS)).join(' ')
    : null;
}

/** Means a customer of each tenth, those expected to buy most first. */
export const DECILES: readonly Column[] = [
  { name: 'decile', kind: 'integer' },
  { name: 'customers', kind: 'integer' },
  { name: 'predicted_purchases', kind: 'number' },
  { name: 'actual_purchases', kind: 'number' },
  { name: 'predicted_margin', kind: 'money' },
  { name: 'actual_margin', kind: 'money' },
];

export function decileRows({ deciles }: Tested, { assumptions: { digits } }: Validation): Cell[][] {
  return deciles.map(({ customers, predicted, actual, predictedMargin, actualMargin }, i) => [
    String(i + 1),
    String(customers),
    figure(predicted / customers),
    figure(actual / customers),
    money(predictedMargin && predictedMargin / customers, digits),
    money(actualMargin / customers, digits),
  ]);
}

/** Purchases of all customers in each week of the holdout, and from its first day to the end of the week. */
export const WEEKS: readonly Column[] = [
  { name: 'week', kind: 'integer' },
  { name: 'to', kind: 'date' },
  { name: 'predicted_cumulative', kind: 'number' },
  { name: 'actual_cumulative', kind: 'integer' },
  { name: 'predicted', kind: 'number' },
  { name: 'actual', kind: 'integer' },
];

export function weekRows({ prediction }: Tested, { assumptions, holdout }: Validation): Cell[][] {
  const { daily } = holdout;
  const ends = weekEnds(daily.length);
  const bought = (from: number, end: number) => daily.subarray(from, end).reduce((sum, count) => sum + count, 0);
  return ends.map((end, week) => {
    const [before, expected] = [ends[week - 1] ?? 0, prediction.weekly[week]!];
    return [
      String(week + 1),
      isoOf(assumptions.asOf + end),
      figure(expected),
      String(bought(0, end)),
      figure(expected - (prediction.weekly[week - 1] ?? 0)),
      String(bought(before, end)),
    ];
  });
}

export function figure(value: number): Cell {
  return Number.isFinite(value) ? value.toFixed(FIGURE_DIGITS) : null;
}

export function money(value: number | null, digits: number): Cell {
  return value === null || !Number.isFinite(value) ? null : unitsText(halfEvenUnits(value, digits), digits);
}

/** @param margin exact, 10^-10 */
export function exactMoney(margin: bigint, digits: number): string {
  return unitsText(rescale(margin, MARGIN_SCALE, digits), digits);
}
