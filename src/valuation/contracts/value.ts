import { Decimal, ONE } from '../../base/decimal.ts';
import { halfEvenUnits, MARGIN_SCALE } from '../../base/money.ts';
import type { ContractCells, ContractWorth } from '../../data/contracts.ts';
import { contractInterval } from '../../engine/contracts/interval.ts';
import { type ContractValues, contractValues, type Terms } from '../../engine/contracts/value.ts';
import { constantRetention } from '../../models/contracts/constant-retention.ts';
import { sbg } from '../../models/contracts/sbg.ts';
import { pooledRetention, type Runs } from '../../models/contracts/survival.ts';
import { type FittedContracts, fitContracts, runsOfCells } from './fit.ts';
import {
  type ContractSettings,
  isBySegment,
  isOneRate,
  netOfCost,
  type OneRate,
  termsOf,
  unlessUnfit,
} from './terms.ts';

export type Bounds = readonly [bigint, bigint];

export interface ContractValuation {
  readonly fitted: FittedContracts;
  /** What values the customers, by segment. */
  readonly terms: readonly Terms[];
  readonly worth: ContractWorth;
  /** The residual factor after so many renewals, in the first segment. */
  readonly factorOf: (made: number) => number;
  /** Customers whose subscription runs. */
  readonly alive: number;
  /** Minor units; intervals are of the estimate, 95 %, parameters only. */
  readonly equity: bigint;
  readonly interval: Bounds | null;
  /** By segment, in the order of the cells' segments. */
  readonly segmentIntervals: readonly (Bounds | null)[];
  /** Of a customer to be acquired with the mean margin of all; null where segments have rates of their own. */
  readonly prospectValue: bigint | null;
  readonly oneRate: OneRate | null;
}

/**
 * Values the customers who are there, each rounded once to the minor unit: the residual factor of the renewals they have made
 * × the mean margin a period of their run. Errors E121, E256, E302, E303, E311–E313, E322.
 */
export function valueContracts(cells: ContractCells, settings: ContractSettings): ContractValuation {
  const runs = runsOfCells(cells);
  const fitted = fitContracts(cells, runs, settings);
  const { digits } = settings;
  const terms = cells.segments.map((_, segment) =>
    termsOf(settings, fitted.model, fitted.fit.parameters, fitted.rateOf(segment)),
  );
  const values = terms.map((one) => contractValues(one, runs.length));
  const worth = worthOf(cells, (segment) => values[segment]!);
  const equity = sumOf(cells, worth);
  const cost = netOfCost(settings);
  const margins = cells.segments.map((_, segment) =>
    marginsByRenewals(cells, runs.length, segment, cost?.toNumber() ?? 0),
  );
  const all = margins.reduce(
    (sum, one) => sum.map((margin, made) => margin + one[made]!),
    new Float64Array(runs.length),
  );
  const bounds = (margin: Float64Array, one: Terms): Bounds | null => {
    const found =
      settings.interval && cost ? contractInterval(one, margin, fitted.fit.covariance, fitted.across) : null;
    const [low, high] = (found ?? []).map((bound) => halfEvenUnits(bound, digits)).sort((a, b) => a - b);
    return low === undefined || high === undefined ? null : [BigInt(low), BigInt(high)];
  };
  const several = isBySegment(settings);
  return {
    fitted,
    terms,
    worth,
    factorOf: (made) => values[0]!.factor(made).toNumber(),
    alive: cells.count.reduce((sum, n, i) => sum + n * cells.alive[i]!, 0),
    equity,
    interval: terms[0] ? bounds(all, terms[0]) : null,
    segmentIntervals: margins.map((margin, segment) => bounds(margin, terms[segment]!)),
    prospectValue: several || !values[0] ? null : values[0].prospect(meanMargin(cells)),
    oneRate: unlessUnfit(() => oneRateOf(cells, runs, settings, { equity, rate: several ? null : fitted.rateOf(0) })),
  };
}

/** Against the model at hand, or the sBG where that is the one of one rate. */
function oneRateOf(
  cells: ContractCells,
  runs: Runs,
  settings: ContractSettings,
  { equity, rate }: { readonly equity: bigint; readonly rate: Decimal | null },
): OneRate | null {
  const equityBy = (terms: Terms): bigint => {
    const values = contractValues(terms, runs.length);
    return sumOf(
      cells,
      worthOf(cells, () => values),
    );
  };
  if (isOneRate(settings)) {
    return { retention: rate, equity, differing: equityBy(termsOf(settings, sbg, sbg.fit(runs).parameters, null)) };
  }
  const { made, due } = pooledRetention(runs);
  if (due === 0) return null;
  const retention = new Decimal(made).div(due);
  const terms = termsOf(settings, constantRetention, [retention.toNumber()], retention);
  return { retention, equity: equityBy(terms), differing: equity };
}

export function worthOf(
  cells: ContractCells,
  valuesOf: (segment: number) => ContractValues,
  scale: Decimal = ONE,
): ContractWorth {
  const factor = new Float64Array(cells.length);
  const clv = new BigInt64Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const chance = cells.chance[i]!;
    if (chance === 0 || cells.tenure[i] === 0) continue;
    const values = valuesOf(cells.segment[i]!);
    factor[i] = values.factor(cells.tenure[i]! - 1).toNumber() * chance;
    clv[i] = valueOfCell(cells, i, () => values, scale);
  }
  return { factor, clv };
}

/** What a subscription of a cell is worth, in minor units; nothing where its run has ended, whatever values it has. */
export function valueOfCell(
  cells: ContractCells,
  i: number,
  values: () => ContractValues,
  scale: Decimal = ONE,
): bigint {
  const [chance, made] = [cells.chance[i]!, cells.tenure[i]! - 1];
  if (chance === 0 || made < 0) return 0n;
  const value = values().value(marginAPeriod(cells, i).times(scale), made);
  return chance === 1 ? value : weighted(value, chance);
}

/** Minor units times a chance, half to even. */
function weighted(value: bigint, chance: number): bigint {
  const exact = new Decimal(value.toString()).times(chance);
  return BigInt(exact.toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).toFixed());
}

export function sumOf(cells: ContractCells, { clv }: ContractWorth): bigint {
  return clv.reduce((sum, value, i) => sum + value * BigInt(cells.count[i]!), 0n);
}

const ONE_UNIT = new Decimal(10).pow(MARGIN_SCALE);

/** The mean margin a period of the run of a customer of a cell, in currency units; rounded only where a division does not end. */
export function marginAPeriod({ margin, periods }: ContractCells, i: number): Decimal {
  return new Decimal(margin[i]!.toString()).div(periods[i]!).div(ONE_UNIT);
}

/** Sums of the margins a period, less a cost, of the customers of a segment who are there, by renewals made. */
export function marginsByRenewals(cells: ContractCells, length: number, segment: number, cost: number): Float64Array {
  const { margin, periods, tenure, chance, count } = cells;
  const margins = new Float64Array(length);
  for (let i = 0; i < cells.length; i++) {
    if (chance[i] === 0 || tenure[i] === 0 || cells.segment[i] !== segment) continue;
    const brings = (Number(margin[i]!) / 10 ** MARGIN_SCALE / periods[i]! - cost) * chance[i]!;
    margins[tenure[i]! - 1]! += brings * count[i]!;
  }
  return margins;
}

/** The mean margin a period of all subscriptions, running or not: each counts with its own. */
export function meanMargin({ length, margin, periods, count }: ContractCells): Decimal {
  const sums = new Map<number, { margin: bigint; subscriptions: number }>();
  for (let i = 0; i < length; i++) {
    if (periods[i] === 0) continue;
    const sum = sums.get(periods[i]!) ?? { margin: 0n, subscriptions: 0 };
    sum.margin += margin[i]! * BigInt(count[i]!);
    sum.subscriptions += count[i]!;
    sums.set(periods[i]!, sum);
  }
  const means = [...sums].map(([over, sum]) => new Decimal(sum.margin.toString()).div(over));
  const subscriptions = [...sums.values()].reduce((all, sum) => all + sum.subscriptions, 0);
  return subscriptions === 0
    ? new Decimal(0)
    : Decimal.sum(0, ...means)
        .div(subscriptions)
        .div(ONE_UNIT);
}
