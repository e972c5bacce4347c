import { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { halfEvenUnits, MARGIN_SCALE } from '../../base/money.ts';
import type { ContractCells } from '../../data/contracts.ts';
import type { Length } from '../../data/subscriptions/lengths.ts';
import { contractInterval } from '../../engine/contracts/interval.ts';
import { type ContractValues, contractValues, type Terms } from '../../engine/contracts/value.ts';
import { constantRetention } from '../../models/contracts/constant-retention.ts';
import { sbg } from '../../models/contracts/sbg.ts';
import { type Runs, type SurvivalModel, survival, survivalRuns } from '../../models/contracts/survival.ts';
import type { Estimate } from '../../models/model.ts';
import { type FittedSurvival, fitSurvivalOrLimit } from '../contracts/fit.ts';
import { type ContractTerms, isOneRate, netOfCost, type OneRate, termsOf, unlessUnfit } from '../contracts/terms.ts';
import type { ModelNote } from '../found.ts';

/** Customers of a cohort that are still there after 0, 1, 2 … periods. */
interface SurvivorCohort {
  readonly name: string | null;
  readonly survivors: readonly number[];
}

export interface SurvivorSettings extends ContractTerms {
  /** One rate a period that is given, for the model of one rate. */
  readonly retention: Decimal | null;
  /** Margin of a customer a period, in currency units. */
  readonly marginPerPeriod: Decimal;
}

/** Customers alive with so many renewals made, and what they are worth; money in minor units. */
export interface TenureValue {
  readonly tenure: number;
  readonly customers: number;
  /** S(tenure) of the model, and r of the next renewal. */
  readonly survival: number;
  readonly retentionNext: number;
  /** Of a customer. */
  readonly residualValue: bigint;
  readonly equity: bigint;
}

/** A period of the survival curve: those cohorts that were seen so long; beyond the table, the one seen longest. */
export interface SurvivalPeriod {
  readonly period: number;
  readonly acquired: number;
  readonly survivors: number | null;
  readonly projectedSurvival: number;
}

export interface SurvivorValuation {
  readonly settings: SurvivorSettings;
  /** The model that was asked for, or the limit that it tends to. */
  readonly model: SurvivalModel;
  readonly limit: ModelNote['limit'];
  readonly terms: Terms;
  /** Errors are unknown of a rate that is given. */
  readonly fit: Estimate;
  readonly cohorts: readonly SurvivorCohort[];
  readonly tenures: readonly TenureValue[];
  readonly periods: readonly SurvivalPeriod[];
  readonly customers: number;
  /** Minor units; the interval is of the estimate, 95 %, parameters only. */
  readonly equity: bigint;
  readonly equityInterval: readonly [bigint, bigint] | null;
  /** Value of a customer to be acquired, first payment now and certain. */
  readonly prospectValue: bigint;
  /** One rate is that of the last renewals, or the one given; null where there is none, or no model fits. */
  readonly oneRate: OneRate | null;
}

/**
 * Fits a model to survivor counts and values the customers alive: each residual value rounded to the minor unit, equity the
 * exact sum of customers × residual value. Errors E121, E302, E303, E311–E313, E322.
 */
export function valueSurvivors(cohorts: readonly SurvivorCohort[], settings: SurvivorSettings): SurvivorValuation {
  const { digits } = settings;
  const runs = survivalRuns(cohorts.map(({ survivors }) => survivors));
  const last = lastRetention(cohorts);
  const { model, limit, fit, rate, across } = fitted(runs, last, settings);
  const terms = termsOf(settings, model, fit.parameters, rate);
  const alive = aliveByTenure(cohorts);
  const values = contractValues(terms, alive.length - 1);
  const shares = survival(model, fit.parameters, alive.length - 1);
  const tenures = [...alive.entries()].flatMap(([tenure, customers]): TenureValue[] => {
    if (customers === 0) return [];
    const residualValue = values.value(settings.marginPerPeriod, tenure);
    const retentionNext = model.retention(fit.parameters, tenure + 1);
    const equity = BigInt(customers) * residualValue;
    return [{ tenure, customers, survival: shares[tenure]!, retentionNext, residualValue, equity }];
  });
  const cost = netOfCost(settings);
  const margin = settings.marginPerPeriod.minus(cost ?? 0).toNumber();
  const margins = alive.map((customers) => customers * margin);
  const interval = settings.interval && cost ? contractInterval(terms, margins, fit.covariance, across) : null;
  const [low, high] = (interval ?? []).map((bound) => BigInt(halfEvenUnits(bound, digits))).sort(ascending);
  const equity = tenures.reduce((sum, row) => sum + row.equity, 0n);
  return {
    settings,
    model,
    limit,
    terms,
    fit,
    cohorts,
    tenures,
    periods: survivalPeriods(cohorts, model, fit.parameters),
    customers: tenures.reduce((sum, row) => sum + row.customers, 0),
    equity,
    equityInterval: low === undefined || high === undefined ? null : [low, high],
    prospectValue: values.prospect(settings.marginPerPeriod),
    oneRate: oneRateOf(alive, runs, rate ?? last?.rate ?? null, { settings, equity }),
  };
}

/**
 * The customers of the table as subscriptions, those who left together, so that what values subscriptions values them too.
 * @param length of a period
 */
export function survivorCells(
  { tenures, cohorts, customers, settings }: SurvivorValuation,
  length: Length,
): ContractCells {
  const acquired = cohorts.reduce((sum, { survivors }) => sum + survivors[0]!, 0);
  const rows = [
    ...tenures.map(({ tenure, customers: count }) => ({ made: tenure, alive: 1, count })),
    { made: 0, alive: 0, count: acquired - customers },
  ];
  const margin = BigInt(settings.marginPerPeriod.times(new Decimal(10).pow(MARGIN_SCALE)).toFixed());
  const all = new Int32Array(rows.length);
  return {
    length: rows.length,
    segment: all,
    segments: [[]],
    fit: all,
    fits: [{ length, group: [] }],
    tenure: Int32Array.from(rows, ({ made }) => made + 1),
    made: Int32Array.from(rows, ({ made }) => made),
    lost: Int32Array.from(rows, ({ alive }) => 1 - alive),
    alive: Int32Array.from(rows, ({ alive }) => alive),
    chance: Float64Array.from(rows, ({ alive }) => alive),
    margin: rows.map(() => margin),
    periods: all.map(() => 1),
    count: Float64Array.from(rows, ({ count }) => count),
  };
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function aliveByTenure(cohorts: readonly SurvivorCohort[]): Float64Array {
  const alive = new Float64Array(longest(cohorts) + 1);
  for (const { survivors } of cohorts) alive[survivors.length - 1]! += survivors.at(-1)!;
  return alive;
}

function longest(cohorts: readonly SurvivorCohort[]): number {
  return Math.max(...cohorts.map(({ survivors }) => survivors.length)) - 1;
}

/** Periods projected beyond the table: as many as it has, at least so many. */
const MIN_PROJECTED = 5;

function survivalPeriods(
  cohorts: readonly SurvivorCohort[],
  model: SurvivalModel,
  parameters: readonly number[],
): readonly SurvivalPeriod[] {
  const last = longest(cohorts);
  const shares = survival(model, parameters, last + Math.max(MIN_PROJECTED, last));
  return Array.from(shares, (projectedSurvival, period) => {
    const seen = cohorts.filter(({ survivors }) => survivors.length > Math.min(period, last));
    const acquired = seen.reduce((sum, { survivors }) => sum + survivors[0]!, 0);
    const survivors = period > last ? null : seen.reduce((sum, cohort) => sum + cohort.survivors[period]!, 0);
    return { period, acquired, survivors, projectedSurvival };
  });
}

/** The share of all customers whose renewal was due last that made it: what an accountant would read off the totals. */
function lastRetention(cohorts: readonly SurvivorCohort[]): Last | null {
  const sum = (back: number): number =>
    cohorts.reduce((total, { survivors }) => total + (survivors.length > 1 ? survivors.at(back)! : 0), 0);
  const due = sum(-2);
  return due > 0 ? { rate: new Decimal(sum(-1)).div(due), due } : null;
}

interface Last {
  readonly rate: Decimal;
  readonly due: number;
}

/** Parameters, and the rate where it is the same for all: the one given or that of the last renewals. */
function fitted(runs: Runs, last: Last | null, settings: SurvivorSettings): FittedSurvival {
  const { model, retention } = settings;
  if (!isOneRate(settings)) return fitSurvivalOrLimit(runs, settings);
  const customers = runs.ended.reduce((sum, n, i) => sum + n + runs.alive[i]!, 0);
  const rate = retention ?? last?.rate;
  if (!rate) throw new ClvError('E312', { customers });
  if (!retention && rate.eq(1)) throw new ClvError('E322', { due: last!.due });
  const parameters = [rate.toNumber()];
  const covariance = retention || !last ? null : [[rate.times(rate.negated().plus(1)).div(last.due).toNumber()]];
  const fit = { parameters, logLikelihood: model.logLikelihood(runs, parameters), customers, covariance };
  return { model, limit: undefined, fit, rate, across: [] };
}

function equityOf(alive: Float64Array, margin: Decimal, values: ContractValues): bigint {
  return alive.reduce((sum, customers, tenure) => sum + BigInt(customers) * values.value(margin, tenure), 0n);
}

/** Against the model at hand, or the sBG where that is the one of one rate. */
function oneRateOf(
  alive: Float64Array,
  runs: Runs,
  retention: Decimal | null,
  { settings, equity }: { settings: SurvivorSettings; equity: bigint },
): OneRate | null {
  if (retention === null) return null;
  const { marginPerPeriod: margin } = settings;
  const value = (terms: Terms): bigint => equityOf(alive, margin, contractValues(terms, alive.length - 1));
  if (!isOneRate(settings)) {
    const one = termsOf(settings, constantRetention, [retention.toNumber()], retention);
    return { retention, equity: value(one), differing: equity };
  }
  return unlessUnfit(() => {
    const differing = value(termsOf(settings, sbg, sbg.fit(runs).parameters, null));
    return { retention, equity, differing };
  });
}
