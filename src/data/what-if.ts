import type { Decimal } from '../base/decimal.ts';
import type { ClvError } from '../base/errors.ts';
import type { Problem } from '../base/rates.ts';

/** What a what-if of purchases can change, in the words of --set; names of columns have an underscore for the hyphen. */
export const DRIVERS = ['margin', 'purchase-rate', 'dropout', 'retention', 'discount-rate', 'acquisition'] as const;
/** What a what-if of subscriptions can change. */
export const CONTRACT_DRIVERS = [
  'margin',
  'price',
  'retention',
  'retention-cost',
  'growth',
  'discount-rate',
  'acquisition',
] as const;
/** What a what-if of a survivor table can change: it does not tell how many customers are won in a year. */
export const SURVIVOR_DRIVERS = CONTRACT_DRIVERS.filter((driver) => driver !== 'acquisition');
export type Driver = (typeof DRIVERS)[number] | (typeof CONTRACT_DRIVERS)[number];

/** The name of a driver as a column, and in the document. */
export function driverName(driver: Driver): string {
  return driver.replaceAll('-', '_');
}

/** How a driver changes: by a share of what it is (relative, a fraction), or to a value of its own. */
export interface Change {
  /** The change as it was written: +1%, 12%, 500. */
  readonly text: string;
  readonly relative: boolean;
  readonly value: Decimal;
}

/** Drivers that change together, each at most once; the others stay as they are. */
export type Changes = ReadonlyMap<Driver, Change>;

export interface Scenario {
  readonly name: string;
  readonly changes: Changes;
  /** What it costs to bring it about, in currency units; null where nothing is said of it. */
  readonly cost: Decimal | null;
}

/** A scenario, and the error that says what is wrong with one of its drivers. */
export interface GivenScenario extends Scenario {
  readonly refuse: (driver: Driver, problem: Problem) => ClvError;
}
