import { grouped, MARGIN_SCALE, rescale } from '../../../base/money.ts';
import { listOf } from '../../../data/lists.ts';
import type { Cell, Column, Fact, View } from '../../../data/report.ts';
import { modelErrorFact } from '../../../report/intervals.ts';
import { listView, moneyIn, withChart } from '../../../report/views.ts';
import type { LengthBacktest } from '../../../valuation/backtest/contracts/by-length.ts';
import {
  type ContractSummary,
  errorOf,
  scoredContract,
  sum,
  total,
} from '../../../valuation/backtest/contracts/scores.ts';
import { type ContractTested, isContractTested } from '../../../valuation/backtest/contracts/trials.ts';
import { intervalCell, money } from '../lists.ts';
import { intervalFact, off } from '../views.ts';
import type { Best } from './best.ts';
import type { ContractValidation } from './found.ts';
import { percent } from './lists.ts';
import { contractOriginViews } from './origin-views.ts';

/** What a person reads: the best model and how near it came, all models side by side, then by period. */
export function contractValidationViews(
  validation: ContractValidation,
  summaries: readonly ContractSummary[],
  best: Best,
): readonly View[] {
  const { rolling, span, lengths } = validation;
  return rolling
    ? contractOriginViews(validation, rolling, summaries, best)
    : [
        { type: 'facts', title: `Validation on a holdout of ${span}`, facts: facts(validation, best) },
        sideBySide('Models side by side', validation, validation.money.digits),
        ...lengths.map((one) =>
          sideBySide(`Subscriptions of ${one.length}: ${counts(one)}`, one, validation.money.digits),
        ),
        ...(lengths.length > 0
          ? lengths.map((one) => byPeriod(`Renewals of ${one.length} by period after the as-of date`, one))
          : [byPeriod('Renewals by period after the as-of date', validation)]),
      ];
}

function facts(validation: ContractValidation, best: Best): readonly Fact[] {
  const { trials, happened } = validation;
  const tested = trials.filter(isContractTested).find(({ name }) => name === best.name)!;
  const scored = scoredContract(tested, happened);
  return [
    { label: 'Best model', value: `${best.name}: ${best.reason}` },
    counted('Renewals', scored.renewals, sum(happened.renewals)),
    ...intervalFact(intervalCell(scored.interval), sum(happened.renewals), 'renewals'),
    ...modelErrorFact(tested.modelError),
    counted('Survivors', scored.survivors, happened.survivors),
    ...marginFact(scored.margin, validation),
    ...validation.facts,
    ...trials.flatMap((trial) =>
      isContractTested(trial)
        ? []
        : [{ label: `Failed: ${trial.name}`, value: `${trial.error.code} ${trial.error.message}` }],
    ),
  ];
}

function counted(label: string, predicted: number, actual: number): Fact {
  const value = `${grouped(String(actual))} actual; ${grouped(predicted.toFixed(1))} predicted${off(predicted, actual)}`;
  return { label, value };
}

function marginFact(predicted: number | null, { happened, money: how }: ContractValidation): readonly Fact[] {
  if (predicted === null || happened.margin === null) return [];
  const exact = rescale(total(happened.margin), MARGIN_SCALE, how.digits);
  const unit = how.currency === null ? '' : ` ${how.currency}`;
  const expected = money(predicted, how.digits)!;
  const value = `${moneyIn(how)(exact)} actual; ${grouped(expected)}${unit} predicted${off(predicted, Number(exact) / 10 ** how.digits)}`;
  return [{ label: 'Margin', value }];
}

const SIDE: readonly Column[] = [
  { name: 'model', kind: 'text' },
  { name: 'log_likelihood', kind: 'number' },
  { name: 'aic', kind: 'number' },
  { name: 'survivors', kind: 'number' },
  { name: 'survivors_error', kind: 'number' },
  { name: 'renewals', kind: 'number' },
  { name: 'renewals_error', kind: 'number' },
  { name: 'margin', kind: 'money' },
  { name: 'margin_error', kind: 'number' },
];
const SIDE_HEADINGS = {
  model: 'Model',
  log_likelihood: 'ln L',
  aic: 'AIC',
  survivors: 'Survivors',
  survivors_error: 'Error',
  renewals: 'Renewals',
  renewals_error: 'Error',
};
const MARGIN_HEADINGS = { margin: 'Margin', margin_error: 'Error' };

type Compared = Pick<LengthBacktest, 'trials' | 'happened'>;

/** What happened to the subscriptions of a length. */
function counts({ happened }: LengthBacktest): string {
  const [customers, renewals, survivors] = [happened.customers, sum(happened.renewals), happened.survivors].map((n) =>
    grouped(String(n)),
  );
  return `${renewals} renewals by ${customers} customers, of whom ${survivors} survived`;
}

function sideBySide(title: string, { trials, happened }: Compared, digits: number): View {
  const rows = trials.filter(isContractTested).map((trial): Cell[] => {
    const scored = scoredContract(trial, happened);
    return [
      trial.name,
      trial.fit.logLikelihood.toFixed(3),
      trial.aic.toFixed(3),
      scored.survivors.toFixed(1),
      percent(scored.survivorsError),
      scored.renewals.toFixed(1),
      percent(scored.renewalsError),
      money(scored.margin, digits),
      percent(scored.marginError),
    ];
  });
  return listView(title, listOf('side', SIDE, rows), {
    ...SIDE_HEADINGS,
    ...(happened.margin === null ? {} : MARGIN_HEADINGS),
  });
}

/** Renewals of every model in each period, each with its error, beside those that were made. */
function byPeriod(title: string, { trials, happened }: Compared): View {
  const tested = trials.filter(isContractTested);
  const columns: readonly Column[] = [
    { name: 'period', kind: 'integer' },
    { name: 'customers', kind: 'integer' },
    { name: 'actual', kind: 'integer' },
    ...tested.flatMap(({ name }): Column[] => [
      { name, kind: 'number' },
      { name: `${name}_error`, kind: 'number' },
    ]),
  ];
  const cells = ({ prediction }: ContractTested, j: number): Cell[] => {
    const predicted = prediction.renewals[j]!;
    return [predicted.toFixed(1), percent(errorOf(predicted, happened.renewals[j]!))];
  };
  const rows = Array.from(happened.decided, (customers, j) => [
    String(j + 1),
    String(customers),
    String(happened.renewals[j]!),
    ...tested.flatMap((trial) => cells(trial, j)),
  ]);
  const view = listView(title, listOf('by_period', columns, rows), {
    period: 'Period',
    customers: 'Customers',
    actual: 'Actual',
    ...Object.fromEntries(
      tested.flatMap(({ name }) => [
        [name, name],
        [`${name}_error`, 'Error'],
      ]),
    ),
  });
  const values = ['actual', ...tested.map(({ name }) => name)];
  return withChart(view, { kind: 'lines', along: ['period'], values, title: 'Renewals' });
}
