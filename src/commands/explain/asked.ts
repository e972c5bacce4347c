import { ClvError } from '../../base/errors.ts';
import { AMOUNT_SCALE, parseUnits } from '../../base/money.ts';
import { shellWord } from '../../base/shell.ts';
import type { Horizon } from '../../base/units.ts';
import { bad, choice } from '../../cli/option-values.ts';
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

function checkTogether({ customer, id, state, meanMargin, fitBy, poolSmall, useModel }: ExplainOptions): void {
  if (id === undefined && state === undefined && customer !== undefined)
    throw new ClvError('E125', { customer, option: shellWord(customer) });
  if (id === undefined && state === undefined)
    throw new ClvError('E123', { what: 'whom to explain', remedy: 'give --id ID, or --state X,T_X,T' });
  if (id !== undefined && state !== undefined) throw new ClvError('E111', { option: '--id', other: '--state' });
  if (id !== undefined && meanMargin !== undefined)
    throw new ClvError('E122', {
      option: '--mean-margin',
      other: '--id',
      remedy: 'leave it out: a customer of the file has a mean of its own',
    });
  if (fitBy === undefined && poolSmall) throw new ClvError('E112', { option: '--pool-small', other: '--fit-by' });
  const other = useModel === undefined ? state && '--state' : '--use-model';
  if (fitBy !== undefined && other) throw new ClvError('E111', { option: '--fit-by', other });
}

const STATE = 'repeat purchases, days from the first to the last purchase, days from the first to the as-of date';

/** Each purchase has a day of its own. */
function stateOf(text: string): OneState {
  const remedy = `${STATE}: 2,213,272`;
  const match = /^(\d{1,6}),(\d{1,6}),(\d{1,6})$/.exec(text.replaceAll(' ', ''));
  if (!match) return bad('--state', text, 'is not three whole numbers', remedy);
  const [x, recency, age] = match.slice(1).map(Number) as [number, number, number];
  if (recency > age) bad('--state', text, 'has its last purchase after the as-of date', remedy);
  if (x > recency) bad('--state', text, 'has more repeat purchases than days', remedy);
  if (x === 0 && recency > 0)
    bad('--state', text, 'has a last purchase after the first, but no repeat purchase', remedy);
  return { x, recency, age };
}

function meanOf(text: string, { x }: OneState, spendFrom: Settings['spendFrom']): number {
  if (x === 0 && spendFrom === 'repeat')
    bad('--mean-margin', text, 'is of repeat purchases, and the state has none', 'leave it out, or --spend-from all');
  const units = parseUnits(text, AMOUNT_SCALE);
  if (units === null)
    return bad('--mean-margin', text, `is not an amount with up to ${AMOUNT_SCALE} decimals`, 'e.g. 22.35');
  return Number(units) / 10 ** AMOUNT_SCALE;
}

/** More rows than anybody reads are a mistake. */
const MOST_ROWS = 1200;

/** The rows of the table. E101. */
export function cashRowsOf(byPeriod: string, horizon: Horizon): CashRows {
  const period = ROW_PERIODS[choice('--by-period', byPeriod, ['1m', '1q', '1y'])];
  const rows = horizon.days === null ? period.rows : Math.ceil(horizon.days / period.days);
  if (rows > MOST_ROWS)
    bad(
      '--by-period',
      byPeriod,
      `makes ${rows} rows up to --horizon ${horizon.text}`,
      'a longer period, or --horizon lifetime',
    );
  return cashRows(period, horizon.days);
}
