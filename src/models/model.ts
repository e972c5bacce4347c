import type { Day } from '../base/calendar.ts';
import type { States } from '../data/states.ts';
import type { Clock } from './clock/clock.ts';
import type { Heterogeneity } from './heterogeneity.ts';
import type { Evaluation, Range } from './numeric/newton.ts';
import type { Matrix } from './numeric/symmetric.ts';

/**
 * What every model of buying offers. Parameters are on the natural scale with the week as unit of time, as published;
 * states, windows and rates δ are in days.
 */
export interface BuyingModel {
  readonly name: string;
  /** Unit of the parameters where it is not the week: an opportunity, 1y. */
  readonly timeUnit?: string;
  readonly parameterNames: readonly string[];
  /** The power of time in the unit of each parameter, −1 for a rate; where it is known, the model can run on a clock. */
  readonly timePowers?: readonly number[];
  /**
   * Maximum likelihood, converged to the last digit. `start` skips the search for a start (a refit).
   * Errors: E301 too few customers, E302 not converged, E303 an edge of the parameters.
   */
  fit(states: States, start?: readonly number[]): Fit;
  /** As `fit`, from parameters first that should be close to the optimum. */
  fitNear?(states: States, near: readonly number[]): Fit;
  /** Σ count · ln L(state), all constants in. */
  logLikelihood(states: States, parameters: readonly number[]): number;
  /** P(alive) of every state. */
  pAlive(states: States, parameters: readonly number[]): Float64Array;
  /** Expected purchases of every state within a window from the as-of date; Infinity where they are. */
  purchases(states: States, parameters: readonly number[], pAlive: Float64Array, window: PurchaseWindow): Float64Array;
  /** For every parameter the derivatives of those purchases, P(alive) included, where the model has them: for intervals. */
  purchaseGradients?(states: States, parameters: readonly number[], window: PurchaseWindow): Float64Array[];
  /**
   * Expected pairs of different purchases of every state, first and second told apart, both discounted, within a finite window
   * or with a discount, where the model has them: for prediction intervals. With the purchases discounted twice they make up
   * the expected square.
   */
  pairs?(states: States, parameters: readonly number[], pAlive: Float64Array, window: PurchaseWindow): Float64Array;
  /** Expected customers of these ages by repeat purchases, 0 … most − 1, then so many and more: whatever they bought. */
  frequencies(states: States, parameters: readonly number[], most: number): Float64Array;
  /**
   * Expected customers by the purchases that they will make in so many days from the as-of date on, likewise, where the model
   * has them.
   */
  frequenciesAhead?(
    states: States,
    parameters: readonly number[],
    pAlive: Float64Array,
    most: number,
    days: number,
  ): Float64Array;
  /** P(at least one purchase within the window) of every state, where the model has it: for prediction intervals of customers. */
  buyAgain?(states: States, parameters: readonly number[], pAlive: Float64Array, window: PurchaseWindow): Float64Array;
  /** Whether that depends on when a customer bought last though it is alive: purchases that keep a rhythm. */
  readonly buysAgainByRecency?: boolean;
  /** How customers differ when they begin. */
  heterogeneity(parameters: readonly number[]): Heterogeneity;
  /** Purchases of one customer, whose times need not be whole days. */
  one(state: OneState, parameters: readonly number[], window: PurchaseWindow): { pAlive: number; purchases: number };
  /** Expected purchases of a customer just acquired within each of some spans of days, where that is faster than one by one. */
  curve?(parameters: readonly number[], days: readonly number[]): readonly number[];
  /** Simpler models that this one tends to at an edge of its parameters; each may have limits of its own. */
  readonly limits?: readonly BuyingModel[];
  /** Value, gradient and Hessian of the log-likelihood, and where the parameters are sane: to go along it from a limit. */
  readonly evaluate?: (states: States, parameters: readonly number[]) => Evaluation;
  readonly ranges?: readonly Range[];
  /** Of a limit, the ways from its parameters into the general model. */
  readonly inside?: (parameters: readonly number[]) => readonly Inside[];
  /** Of a limit, in plain words, what it takes of all customers: everybody stops buying at the same rate. */
  readonly takes?: string;
  /** How regular purchases are: k, where the intervals between those of a customer are Erlang-k. */
  readonly regularity?: number;
  /** Of a choice among regularities, the model in place of k = 1. */
  readonly whenOne?: BuyingModel;
  /** Where k is to be found: the model of each (regularity.ts). The parameters of this one are those of k = 1. */
  readonly ofRegularity?: (k: number) => BuyingModel;
  /** True where the likelihood needs `logGaps` of the states. */
  readonly needsGaps?: true;
  /** True where nobody, or nobody any more, stops buying: a lifetime has no end. */
  readonly unending?: true;
  /** The calendar that the model runs by, where it does. */
  readonly clocked?: Clocked;
}

/** A model on a clock, as of a day. */
export interface Clocked {
  readonly clock: Clock;
  readonly asOf: Day;
  /** The model without the clock, its time in ticks. */
  readonly model: BuyingModel;
  /** As of another day. */
  dated(asOf: Day): BuyingModel;
  /** In whole days, which do for intervals and are faster. */
  inDays(): BuyingModel;
  /** Another model, its time in ticks too, on the same clock as of the same day. */
  around(model: BuyingModel): BuyingModel;
}

/** Parameters of a general model near the edge, the one of them that leads away from it when multiplied, and those that stay. */
export interface Inside {
  readonly start: readonly number[];
  readonly parameter: number;
  readonly factor: number;
  /** The parameter itself, and others that the data near the edge do not tell. */
  readonly fixed: readonly number[];
}

/** Purchases within `days` (null: for life), each weighted by e^(−delta·day); delta 0 counts them. */
export interface PurchaseWindow {
  /** Continuous rate a day: ln(1 + annual rate) / 365.25. Below 0 only where `days` are finite. */
  readonly delta: number;
  readonly days: number | null;
  /** At the pace of the year's mean, or of its own months, whatever the length; a model on no clock knows no other. */
  readonly yearly?: boolean;
}

/** One customer, times in days. A customer just acquired is (0, 0, 0): its first purchase does not count. */
export interface OneState {
  readonly x: number;
  readonly recency: number;
  readonly age: number;
}

/** Parameters (natural scale) and what is known of them, whether fitted to the data at hand or taken from a file. */
export interface Estimate {
  readonly parameters: readonly number[];
  readonly logLikelihood: number;
  readonly customers: number;
  /** Inverse of the observed information; null for parameters that came without it. */
  readonly covariance: Matrix | null;
}

export interface Fit extends Estimate {
  readonly covariance: Matrix;
  readonly iterations: number;
}
