import { objectOf } from '../../../data/lists.ts';
import type { Cell, Column, Json } from '../../../data/report.ts';
import {
  type ContractScore,
  type ContractSummary,
  currencyUnits,
  errorOf,
  type Happened,
  isContractScored,
  scoredContract,
  sum,
  total,
} from '../../../valuation/backtest/contracts/scores.ts';
import {
  type ContractTested,
  type ContractTrial,
  isContractTested,
} from '../../../valuation/backtest/contracts/trials.ts';
import { exactMoney, figure, intervalCell, money } from '../lists.ts';
import { originCells } from './origins.ts';

/** The lists of a validation of contracts. Errors are predicted / actual − 1. */

const TOTALS: readonly Column[] = [
  { name: 'customers', kind: 'integer' },
  { name: 'predicted_survivors', kind: 'number' },
  { name: 'actual_survivors', kind: 'integer' },
  { name: 'survivors_error', kind: 'number' },
  { name: 'predicted_renewals', kind: 'number' },
  { name: 'actual_renewals', kind: 'integer' },
  { name: 'renewals_error', kind: 'number' },
  { name: 'prediction_interval', kind: 'interval' },
  { name: 'interval_holds', kind: 'text' },
  { name: 'predicted_margin', kind: 'money' },
  { name: 'actual_margin', kind: 'money' },
  { name: 'margin_error', kind: 'number' },
  { name: 'mean_period_error', kind: 'number' },
];

type Cells = Readonly<Record<string, Cell>>;

function totalCells(happened: Happened, scored: ContractScore['scored'], digits: number): Cells {
  const actual = {
    customers: String(happened.customers),
    actual_survivors: String(happened.survivors),
    actual_renewals: String(sum(happened.renewals)),
    actual_margin: happened.margin && exactMoney(total(happened.margin), digits),
  };
  if (!isContractScored(scored)) return { ...actual, error: `${scored.code} ${scored.message}` };
  return {
    ...actual,
    predicted_survivors: figure(scored.survivors),
    survivors_error: figure(scored.survivorsError),
    predicted_renewals: figure(scored.renewals),
    renewals_error: figure(scored.renewalsError),
    prediction_interval: intervalCell(scored.interval),
    interval_holds: scored.held ? 'yes' : 'no',
    predicted_margin: money(scored.margin, digits),
    margin_error: figure(scored.marginError),
    mean_period_error: figure(scored.meanError),
  };
}

function rowOf(columns: readonly Column[], cells: Cells): Cell[] {
  return columns.map(({ name }) => cells[name] ?? null);
}

/** Every model at the last origin: its fit, totals over the holdout, and the error of each. */
export const MODELS: readonly Column[] = [
  { name: 'name', kind: 'text' },
  { name: 'customers_fitted', kind: 'integer' },
  { name: 'log_likelihood', kind: 'number' },
  { name: 'aic', kind: 'number' },
  ...TOTALS,
  { name: 'holdout_log_likelihood', kind: 'number' },
  { name: 'error', kind: 'text' },
];

export function modelRow(trial: ContractTrial, happened: Happened, digits: number): Cell[] {
  const { name } = trial;
  if (!isContractTested(trial)) return rowOf(MODELS, { name, ...totalCells(happened, trial.error, digits) });
  return rowOf(MODELS, {
    name,
    customers_fitted: String(trial.fit.customers),
    log_likelihood: figure(trial.fit.logLikelihood),
    aic: figure(trial.aic),
    ...totalCells(happened, scoredContract(trial, happened), digits),
    holdout_log_likelihood: figure(trial.prediction.logLikelihood),
  });
}

/** Each period of the customers after the date: those whose renewal was decided had they made the ones before, and those who made it. */
export const PERIODS: readonly Column[] = [
  { name: 'period', kind: 'integer' },
  { name: 'customers', kind: 'integer' },
  { name: 'predicted_renewals', kind: 'number' },
  { name: 'actual_renewals', kind: 'integer' },
  { name: 'renewals_error', kind: 'number' },
  { name: 'predicted_margin', kind: 'money' },
  { name: 'actual_margin', kind: 'money' },
  { name: 'margin_error', kind: 'number' },
];

export function periodRows({ prediction }: ContractTested, happened: Happened, digits: number): Cell[][] {
  return Array.from(happened.decided, (customers, j) => {
    const [predicted, actual] = [prediction.renewals[j]!, happened.renewals[j]!];
    const paid = happened.margin?.[j];
    return [
      String(j + 1),
      String(customers),
      figure(predicted),
      String(actual),
      figure(errorOf(predicted, actual)),
      ...(paid === undefined
        ? [null, null, null]
        : [
            money(prediction.margin[j]!, digits),
            exactMoney(paid, digits),
            figure(errorOf(prediction.margin[j]!, currencyUnits(paid))),
          ]),
    ];
  });
}

/** Every model at every origin. @param named how these origins are named, see originColumns */
export function originsList(named: readonly Column[]): readonly Column[] {
  return [...named, { name: 'model', kind: 'text' }, ...TOTALS, { name: 'error', kind: 'text' }];
}

export function originRow(
  { name, heldOut, happened, scored }: ContractScore,
  columns: readonly Column[],
  digits: number,
): Cell[] {
  return rowOf(columns, { ...originCells(heldOut), model: name, ...totalCells(happened, scored, digits) });
}

/** As an object of the document; an error has its code apart there. */
export function originBlock(score: ContractScore, columns: readonly Column[], digits: number): Json {
  const { scored } = score;
  return {
    ...objectOf(columns, originRow(score, columns, digits)),
    error: isContractScored(scored) ? null : { code: scored.code, message: scored.message },
  };
}

/** Means over the origins that a model fits, of the size of its errors. */
export const SUMMARY: readonly Column[] = [
  { name: 'model', kind: 'text' },
  { name: 'fitted', kind: 'integer' },
  { name: 'failed', kind: 'integer' },
  { name: 'mean_abs_survivors_error', kind: 'number' },
  { name: 'mean_abs_renewals_error', kind: 'number' },
  { name: 'mean_abs_margin_error', kind: 'number' },
  { name: 'mean_period_error', kind: 'number' },
];

export function summaryRow(summary: ContractSummary): Cell[] {
  return [
    summary.name,
    String(summary.fitted),
    String(summary.failed),
    figure(summary.survivors),
    figure(summary.renewals),
    figure(summary.margin),
    figure(summary.byPeriod),
  ];
}

/** An error in percent, signed; null where nothing happened. */
export function percent(error: number): Cell {
  return Number.isFinite(error) ? `${error < 0 ? '' : '+'}${(100 * error).toFixed(1)}%` : null;
}
