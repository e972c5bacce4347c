import { Decimal } from '../base/decimal.ts';
import { halfEvenUnits } from '../base/money.ts';
import { prospectFactor, residualFactors } from '../engine/residual.ts';
import { residualInterval } from '../engine/residual-interval.ts';
import { minorUnits, presentValue } from '../engine/retention.ts';
import { ratePerPeriod } from '../engine/timing.ts';
import type { Fit } from '../models/model.ts';
import { runsOf, type SurvivalModel, survival } from '../models/survival.ts';

/** Customers of a cohort that are still there after 0, 1, 2 … periods. */
export interface SurvivorCohort {
  readonly name: string | null;
  readonly survivors: readonly number[];
}

export interface SurvivorSettings {
  readonly model: SurvivalModel;
  /** Margin of a customer a period, in currency units; the next payment is not yet grown. */
  readonly marginPerPeriod: Decimal;
  /** Annual effective rates. */
  readonly discountRate: Decimal;
  readonly growth: Decimal;
  readonly periodsPerYear: number;
  /** When a customer who renews pays: at once, or at the end of the period. */
  readonly timing: 'existing-start' | 'existing-end';
  /** Renewals counted; null: for life. */
  readonly horizonPeriods: number | null;
  /** Decimals of the minor unit. */
  readonly digits: number;
  readonly interval: boolean;
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
  readonly fit: Fit;
  readonly cohorts: readonly SurvivorCohort[];
  readonly tenures: readonly TenureValue[];
  readonly periods: readonly SurvivalPeriod[];
  readonly customers: number;
  /** Minor units; the interval is of the estimate, 95 %, parameters only. */
  readonly equity: bigint;
  readonly equityInterval: readonly [bigint, bigint] | null;
  /** Value of a customer to be acquired, first payment now and certain. */
  readonly prospectValue: bigint;
  /** The whole base valued with one rate, that of its last renewal; null where no cohort has seen one. */
  readonly oneRate: { readonly retention: Decimal; readonly equity: bigint } | null;
}

/**
 * Fits a model to survivor counts and values the customers alive: each residual value rounded to the minor unit, equity the
 * exact sum of customers × residual value. Errors E121, E302, E303, E311.
 */
export function valueSurvivors(cohorts: readonly SurvivorCohort[], settings: SurvivorSettings): SurvivorValuation {
  const { model, timing, digits, horizonPeriods: periods, periodsPerYear } = settings;
  const fit = model.fit(runsOf(cohorts.map(({ survivors }) => survivors)));
  const rates = {
    discount: ratePerPeriod(settings.discountRate, periodsPerYear),
    growth: ratePerPeriod(settings.growth, periodsPerYear),
  };
  const contract = { model, parameters: fit.parameters, rates, periods };
  const alive = aliveByTenure(cohorts);
  const factors = residualFactors(contract, alive.length - 1, timing);
  const margin = settings.marginPerPeriod.toNumber();
  const money = (value: number): bigint => BigInt(halfEvenUnits(value, digits));
  const shares = survival(model, fit.parameters, alive.length - 1);
  const tenures = [...alive.entries()].flatMap(([tenure, customers]): TenureValue[] => {
    if (customers === 0) return [];
    const residualValue = money(factors[tenure]! * margin);
    const retentionNext = model.retention(fit.parameters, tenure + 1);
    const equity = BigInt(customers) * residualValue;
    return [{ tenure, customers, survival: shares[tenure]!, retentionNext, residualValue, equity }];
  });
  const customers = tenures.reduce((sum, row) => sum + row.customers, 0);
  const retention = lastRetention(cohorts);
  const one = retention && { payment: settings.marginPerPeriod, retention, rates, periods, timing };
  const interval = settings.interval ? residualInterval(contract, alive, fit.covariance, timing) : null;
  const [low, high] = interval?.map((bound) => money(bound * margin)) ?? [];
  return {
    settings,
    fit,
    cohorts,
    tenures,
    periods: survivalPeriods(cohorts, model, fit.parameters),
    customers,
    equity: tenures.reduce((sum, row) => sum + row.equity, 0n),
    equityInterval: low === undefined || high === undefined ? null : low <= high ? [low, high] : [high, low],
    prospectValue: money(prospectFactor(contract) * margin),
    oneRate: one && { retention: one.retention, equity: BigInt(customers) * minorUnits(presentValue(one), digits) },
  };
}

function aliveByTenure(cohorts: readonly SurvivorCohort[]): Float64Array {
  const alive = new Float64Array(longest(cohorts) + 1);
  for (const { survivors } of cohorts) alive[survivors.length - 1]! += survivors.at(-1)!;
  return alive;
}

function longest(cohorts: readonly SurvivorCohort[]): number {
  return Math.max(...cohorts.map(({ survivors }) => survivors.length)) - 1;
}

/** Of all customers whose renewal was due last, the share that made it: what an accountant would read off the totals. */
function lastRetention(cohorts: readonly SurvivorCohort[]): Decimal | null {
  const sum = (back: number): number =>
    cohorts.reduce((total, { survivors }) => total + (survivors.length > 1 ? survivors.at(back)! : 0), 0);
  return sum(-2) > 0 ? new Decimal(sum(-1)).div(sum(-2)) : null;
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
