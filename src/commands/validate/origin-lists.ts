import { isoOf } from '../../base/calendar.ts';
import { listOf, objectOf } from '../../data/lists.ts';
import type { Cell, Column, Json, Section } from '../../data/report.ts';
import { currencyUnits, isScored, type Score, type Summary } from '../../valuation/backtest/scores.ts';
import type { Rolling } from './found.ts';
import { exactMoney, figure, intervalCell, money } from './lists.ts';

/** Every model at every origin: totals of all customers, then errors a customer. The interval is 95 %, of the purchases. */
export const ORIGINS: readonly Column[] = [
  { name: 'as_of', kind: 'date' },
  { name: 'days', kind: 'integer' },
  { name: 'model', kind: 'text' },
  { name: 'fitted_as', kind: 'text' },
  { name: 'customers', kind: 'integer' },
  { name: 'predicted_purchases', kind: 'number' },
  { name: 'actual_purchases', kind: 'integer' },
  { name: 'ratio', kind: 'number' },
  { name: 'mae', kind: 'number' },
  { name: 'rmse', kind: 'number' },
  { name: 'spearman', kind: 'number' },
  { name: 'predicted_margin', kind: 'money' },
  { name: 'actual_margin', kind: 'money' },
  { name: 'margin_ratio', kind: 'number' },
  { name: 'prediction_interval', kind: 'interval' },
  { name: 'interval_holds', kind: 'text' },
  { name: 'error', kind: 'text' },
];

function originRow({ name, heldOut, actual, actualMargin, scored }: Score, digits: number): Cell[] {
  const { asOf, until } = heldOut;
  const tried = { as_of: isoOf(asOf), days: String(until - asOf), model: name };
  const happened = { actual_purchases: String(actual), actual_margin: exactMoney(actualMargin, digits) };
  const found: Readonly<Record<string, Cell>> = isScored(scored)
    ? {
        fitted_as: scored.fittedAs,
        customers: String(scored.customers),
        predicted_purchases: figure(scored.purchases),
        ratio: figure(scored.purchases / actual),
        mae: figure(scored.accuracy.mae),
        rmse: figure(scored.accuracy.rmse),
        spearman: figure(scored.accuracy.spearman),
        predicted_margin: money(scored.margin, digits),
        margin_ratio: scored.margin === null ? null : figure(scored.margin / currencyUnits(actualMargin)),
        prediction_interval: intervalCell(scored.interval),
        interval_holds: scored.held ? 'yes' : 'no',
      }
    : { error: `${scored.code} ${scored.message}` };
  const cells: Readonly<Record<string, Cell>> = { ...tried, ...happened, ...found };
  return ORIGINS.map((column) => cells[column.name] ?? null);
}

/** As an object of the document; an error has its code apart there. */
export function originBlock(score: Score, digits: number): Json {
  const { scored } = score;
  return {
    ...objectOf(ORIGINS, originRow(score, digits)),
    error: isScored(scored) ? null : { code: scored.code, message: scored.message },
  };
}

/** Means over the origins that a model fits. */
export const SUMMARY: readonly Column[] = [
  { name: 'model', kind: 'text' },
  { name: 'fitted', kind: 'integer' },
  { name: 'failed', kind: 'integer' },
  { name: 'mean_abs_log_purchases', kind: 'number' },
  { name: 'mean_mae', kind: 'number' },
  { name: 'mean_rmse', kind: 'number' },
  { name: 'mean_abs_log_margin', kind: 'number' },
  { name: 'intervals_held', kind: 'integer' },
  { name: 'mean_half_width', kind: 'number' },
];

export function summaryRow(summary: Summary): Cell[] {
  return [
    summary.name,
    String(summary.fitted),
    String(summary.failed),
    figure(summary.logPurchases),
    figure(summary.mae),
    figure(summary.rmse),
    figure(summary.logMargin),
    String(summary.held),
    figure(summary.halfWidth),
  ];
}

export function rollingLists({ scores, summaries }: Rolling, digits: number): readonly Section[] {
  return [
    listOf(
      'origins',
      ORIGINS,
      scores.map((score) => originRow(score, digits)),
    ),
    listOf('summary', SUMMARY, summaries.map(summaryRow)),
  ];
}
