import { isoOf } from '../../../base/calendar.ts';
import { plural } from '../../../base/plural.ts';
import type { Cell, Column } from '../../../data/report.ts';
import type { ContractScore } from '../../../valuation/backtest/contracts/scores.ts';
import type { ContractRolling } from './found.ts';

/** How an origin is named: by its day, or by the last period of a survivor table that is fitted. */

type HeldOut = ContractScore['heldOut'];

export const DAY_COLUMNS: readonly Column[] = [
  { name: 'as_of', kind: 'date' },
  { name: 'days', kind: 'integer' },
];
export const PERIOD_COLUMNS: readonly Column[] = [
  { name: 'fitted_periods', kind: 'integer' },
  { name: 'held_periods', kind: 'integer' },
];

export function originColumns([first]: readonly ContractScore[]): readonly Column[] {
  return first && 'fitted' in first.heldOut ? PERIOD_COLUMNS : DAY_COLUMNS;
}

export function originCells(heldOut: HeldOut): Readonly<Record<string, Cell>> {
  return 'fitted' in heldOut
    ? { fitted_periods: String(heldOut.fitted), held_periods: String(heldOut.held) }
    : { as_of: isoOf(heldOut.asOf), days: String(heldOut.until - heldOut.asOf) };
}

/** The day, or the period. */
export function originName(heldOut: HeldOut): string {
  return 'fitted' in heldOut ? `period ${heldOut.fitted}` : isoOf(heldOut.asOf);
}

/** What is held out after it. */
export function heldText(heldOut: HeldOut): string {
  const [n, one, many] =
    'fitted' in heldOut ? [heldOut.held, 'period', 'periods'] : [heldOut.until - heldOut.asOf, 'day', 'days'];
  return `${n} ${plural(n, one, many)}`;
}

/** How far one origin is from the next. */
export function stepText({ step, unit }: ContractRolling): string {
  return `${step} ${plural(step, unit, `${unit}s`)}`;
}
