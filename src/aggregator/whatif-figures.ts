import { Decimal } from '../base/decimal.ts';
import { type Change, type Changes, DRIVERS, type Driver } from '../base/what-if.ts';
import { FIGURE_DIGITS } from './customers.ts';

/** Customers under some changes, or why they cannot be had. Money in minor units. */
export type Tried = { readonly changes: Changes } & (
  | { readonly equity: bigint; readonly prospect: bigint }
  | { readonly refused: string }
);

/** How far each driver goes in a tornado. */
export const SWINGS = ['-10%', '-1%', '+1%', '+10%'] as const;

/** Every driver by each swing, on its own. */
export function tornadoChanges(): readonly Changes[] {
  return DRIVERS.flatMap((driver) => SWINGS.map((text) => new Map([[driver, changeBy(text)]])));
}

function changeBy(text: string): Change {
  return { text, relative: true, value: new Decimal(text.slice(0, -1)).div(100) };
}

/** A driver of a tornado, and what becomes of it in the order of SWINGS. */
export interface Bar {
  readonly driver: Driver;
  readonly points: readonly Tried[];
}

/** The drivers of a tornado, that with the widest range of equity at its outermost points first. */
export function barsOf(tornado: readonly Tried[], equity: bigint): readonly Bar[] {
  const bars = DRIVERS.map((driver) => ({ driver, points: tornado.filter(({ changes }) => changes.has(driver)) }));
  const range = ({ points }: Bar): number => {
    const found = [points[0]!, points.at(-1)!].flatMap((point) => ('refused' in point ? [] : [point.equity]));
    const moves = [0, ...found.map((value) => Number(value - equity))];
    return Math.max(...moves) - Math.min(...moves);
  };
  return bars.sort((a, b) => range(b) - range(a));
}

/** Change of equity as a share of what it was, a fraction with 6 decimals; null where it was zero or less. */
export function changeShare(equity: bigint, before: bigint): string | null {
  return before > 0n ? fraction(ratio(equity - before, before)) : null;
}

/**
 * Change of equity over that of the driver, both as shares; null unless one driver moves by a share of what it is.
 */
export function elasticityOf(changes: Changes, equity: bigint, before: bigint): string | null {
  const [change, ...others] = [...changes.values()];
  if (!change?.relative || others.length > 0 || change.value.isZero() || before <= 0n) return null;
  return fraction(ratio(equity - before, before).div(change.value));
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
