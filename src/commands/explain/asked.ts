import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { AMOUNT_SCALE, parseUnits } from '../../base/money.ts';
import { shellWord } from '../../base/shell.ts';
import type { Horizon } from '../../base/units.ts';
import { choice, optionError } from '../../cli/option-values.ts';
import type { Settings } from '../../cli/settings.ts';
import { type CashRows, cashRows, ROW_PERIODS } from '../../engine/cash-flows.ts';
import type { OneState } from '../../models/model.ts';
import type { ExplainOptions } from './options.ts';

/** Whom to explain: a customer by its id, or a state with the mean margin it is said to have (currency units). */
export type Asked = { readonly id: string } | StateAsked;
export interface StateAsked {
  readonly state: OneState;
  readonly mean: number | null;
}

/** @throws ClvError E101, E125 a column in place of a customer, and where options do not go together E111, E112, E122, E123 */
export function askedOf(options: ExplainOptions, { spendFrom }: Settings): Asked {
  const { id, state, meanMargin } = options;
  checkTogether(options);
  if (id !== undefined) return { id: id.trim() };
  const found = stateOf(state!);
  return { state: found, mean: meanMargin === undefined ? null : meanOf(meanMargin, found, spendFrom) };
}

function checkTogether(options: ExplainOptions): void {
  const { customer, id, state, meanMargin, fitBy, poolSmall, useModel, customerIntervals, modelError } = options;
  if (id === undefined && state === undefined && customer !== undefined)
    throw new ClvError('E125', { customer, option: shellWord(customer) });
  if (id === undefined && state === undefined) throw new ClvError('E123', variant('E123', 'customer'));
  if (id !== undefined && state !== undefined) throw new ClvError('E111', { option: '--id', other: '--state' });
  if (id !== undefined && meanMargin !== undefined)
    throw new ClvError('E122', { option: '--mean-margin', ...variant('E122', 'own mean') });
  if (customerIntervals && state !== undefined)
    throw new ClvError('E111', { option: '--customer-intervals', other: '--state' });
  if (!customerIntervals && modelError !== 'auto')
    throw new ClvError('E112', { option: '--model-error', other: '--customer-intervals' });
  if (fitBy === undefined && poolSmall) throw new ClvError('E112', { option: '--pool-small', other: '--fit-by' });
  const other = useModel === undefined ? state && '--state' : '--use-model';
  if (fitBy !== undefined && other) throw new ClvError('E111', { option: '--fit-by', other });
}

/** Each purchase has a day of its own. */
function stateOf(text: string): OneState {
  const match = /^(\d{1,6}),(\d{1,6}),(\d{1,6})$/.exec(text.replaceAll(' ', ''));
  if (!match) return optionError('--state', text, 'no state');
  const [x, recency, age] = match.slice(1).map(Number) as [number, number, number];
  if (recency > age) optionError('--state', text, 'state ends late');
  if (x > recency) optionError('--state', text, 'state of many');
  if (x === 0 && recency > 0) optionError('--state', text, 'state of one');
  return { x, recency, age };
}

function meanOf(text: string, { x }: OneState, spendFrom: Settings['spendFrom']): number {
  if (x === 0 && spendFrom === 'repeat') optionError('--mean-margin', text, 'mean of none');
  const units = parseUnits(text, AMOUNT_SCALE);
  if (units === null) return optionError('--mean-margin', text, 'no mean', { decimals: AMOUNT_SCALE });
  return Number(units) / 10 ** AMOUNT_SCALE;
}

/** More rows than anybody reads are a mistake. */
const MOST_ROWS = 1200;

/** The rows of the table. E101. */
export function cashRowsOf(byPeriod: string, horizon: Horizon): CashRows {
  const period = ROW_PERIODS[choice('--by-period', byPeriod, ['1m', '1q', '1y'])];
  const rows = horizon.days === null ? period.rows : Math.ceil(horizon.days / period.days);
  if (rows > MOST_ROWS) optionError('--by-period', byPeriod, 'too many rows', { rows, horizon: horizon.text });
  return cashRows(period, horizon.days);
}
