import { Decimal } from '../../base/decimal.ts';
import { FIGURE_DIGITS } from '../../data/report.ts';
import type { Change, Changes, Driver } from '../../data/what-if.ts';

/** Money of customers in minor units: of those there are, and of those won in a year. */
export interface CustomerWorth<Won extends bigint | null = bigint> {
  readonly equity: bigint;
  readonly acquisition: Won;
}

/** Customers under some changes, or why they cannot be had. `acquisition` is null where it is not one of the changes. */
export type Tried = { readonly changes: Changes } & (
  | (CustomerWorth<bigint | null> & { readonly prospect: bigint })
  | { readonly refused: string }
);

/** A change in minor units, and what it is a change of. */
export interface Move {
  readonly change: bigint;
  readonly of: bigint;
}

/** The move of customer equity; where acquisition changes, of that together with what the customers won in a year are worth. */
export function moveOf({ equity, acquisition }: CustomerWorth<bigint | null>, before: CustomerWorth): Move {
  const of = before.equity + (acquisition === null ? 0n : before.acquisition);
  return { change: equity + (acquisition ?? 0n) - of, of };
}

/** How far each driver goes in a tornado. */
export const SWINGS = ['-10%', '-1%', '+1%', '+10%'] as const;

/** Every driver by each swing, on its own. */
export function tornadoChanges(drivers: readonly Driver[]): readonly Changes[] {
  return drivers.flatMap((driver) => SWINGS.map((text) => new Map([[driver, changeBy(text)]])));
}

function changeBy(text: string): Change {
  return { text, relative: true, value: new Decimal(text.slice(0, -1)).div(100) };
}

/** A driver of a tornado, and what becomes of it in the order of SWINGS. */
export interface Bar {
  readonly driver: Driver;
  readonly points: readonly Tried[];
}

/** The drivers of a tornado, that with the widest range of changes at its outermost points first. */
export function barsOf(tornado: readonly Tried[], before: CustomerWorth): readonly Bar[] {
  const drivers = [...new Set(tornado.flatMap(({ changes }) => [...changes.keys()]))];
  const bars = drivers.map((driver) => ({ driver, points: tornado.filter(({ changes }) => changes.has(driver)) }));
  const range = ({ points }: Bar): number => {
    const found = [points[0]!, points.at(-1)!].flatMap((point) => ('refused' in point ? [] : [moveOf(point, before)]));
    const moves = [0, ...found.map(({ change }) => Number(change))];
    return Math.max(...moves) - Math.min(...moves);
  };
  return bars.sort((a, b) => range(b) - range(a));
}

/** A change as a share of what it was, a fraction with 6 decimals; null where it was zero or less. */
export function changeShare({ change, of }: Move): string | null {
  return of > 0n ? fraction(ratio(change, of)) : null;
}

/** A change over that of the driver, both as shares; null unless one driver moves by a share of what it is. */
export function elasticityOf(changes: Changes, move: Move): string | null {
  const [change, ...others] = [...changes.values()];
  if (!change?.relative || others.length > 0 || change.value.isZero() || move.of <= 0n) return null;
  return fraction(ratio(move.change, move.of).div(change.value));
}

/** Return on a marketing spend (Rust, Lemon & Zeithaml 2004): (change of equity − cost) / cost. Both in currency units. */
export function returnOnSpend(change: Decimal, cost: Decimal): string {
  return fraction(change.minus(cost).div(cost));
}

/** A cost as it was given, with at least the decimals of the minor unit. */
export function costText(cost: Decimal, digits: number): string {
  return cost.toFixed(Math.max(digits, cost.decimalPlaces()));
}

function ratio(a: bigint, b: bigint): Decimal {
  return new Decimal(a.toString()).div(b.toString());
}

function fraction(value: Decimal): string {
  return value.toFixed(FIGURE_DIGITS);
}
