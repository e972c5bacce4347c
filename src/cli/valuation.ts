import type { ModelNote, Valuation } from '../aggregator/compute.ts';
import { ClvError } from '../base/errors.ts';
import type { SpendStates } from '../base/states.ts';
import { bootstrapIntervals } from '../engine/bootstrap.ts';
import { deltaPerDay } from '../engine/discount.ts';
import { factorsOf } from '../engine/factors.ts';
import { covarianceIntervals, outcomeVariance, type Valued } from '../engine/intervals.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Estimate, PurchaseWindow } from '../models/model.ts';
import { type Fitted, fitModels } from './fitting.ts';
import type { Settings } from './settings.ts';

/** What a valuation adds to what the ledger knows. */
type Found = Pick<Valuation, 'model' | 'spend' | 'expectedActive' | 'prospectValue' | 'intervals'>;

/** Fits the models to the states of a rolled-up ledger and values every customer in it. */
export async function valueCustomers(ledger: Ledger, settings: Settings, interval: IntervalKind): Promise<Found> {
  const fitted = await fitModels(ledger, settings);
  const { states, model, fit, spend } = fitted;
  const window = windowOf(settings);
  const later = model.one({ x: 0, recency: 0, age: 0 }, fit.parameters, window).purchases;
  if (!Number.isFinite(later)) throw new ClvError('E107');
  const credibility = (purchases: number) => spend.model.credibility(purchases, spend.fit.parameters);
  const counted = settings.spendFrom === 'all' ? 1 : 0;
  const factors = factorsOf(states, model, fit.parameters, window, credibility, counted);
  const intervals = await intervalsOf(ledger, fitted, { window, counted, factors }, interval);
  await ledger.value(factors, settings.digits);
  return {
    model: { ...noteOf(model, fit), source: fitted.source },
    spend: { ...noteOf(spend.model, spend.fit), correlation: spend.fit.correlation },
    expectedActive: factors.pAlive.reduce((sum, alive, i) => sum + alive * states.count[i]!, 0),
    prospectValue: spend.model.populationMean(spend.fit.parameters) * (1 + later),
    intervals,
  };
}

/** The horizon and the discount rate, as a window of purchases. */
export function windowOf(settings: Settings): PurchaseWindow {
  return { delta: deltaPerDay(settings.discountRate), days: settings.horizon.days };
}

/** How intervals are found; a number of resamples is a bootstrap. */
export type IntervalKind = 'covariance' | 'none' | number;

async function intervalsOf(
  ledger: Ledger,
  { states, spendStates, cells, model, fit, spend }: Fitted,
  valuation: Pick<Valued, 'window' | 'counted' | 'factors'>,
  kind: IntervalKind,
): Promise<Valuation['intervals']> {
  if (kind === 'none') return null;
  const spending = {
    fit: spend.fit,
    credibility: spend.model.credibility,
    refit: (other: SpendStates) => spend.model.fit(other, spend.fit.parameters),
    hasVariance: spend.model.name === 'gamma-gamma',
  };
  const valued: Valued = { states, cells, model, fit, spend: spending, ...valuation };
  const equity =
    kind === 'covariance'
      ? covarianceIntervals(valued)
      : bootstrapIntervals(valued, await ledger.joint(states, spendStates), spendStates, kind);
  return equity && { segments: cells.segments, equity, outcomeVariance: outcomeVariance(valued) };
}

/** What the output tells of a fitted model. */
export function noteOf(
  model: { readonly name: string; readonly parameterNames: readonly string[] },
  fit: Estimate,
): ModelNote {
  return {
    name: model.name,
    parameterNames: model.parameterNames,
    parameters: fit.parameters,
    standardErrors: fit.covariance?.map((row, i) => Math.sqrt(row[i]!)) ?? null,
    covariance: fit.covariance,
    logLikelihood: fit.logLikelihood,
    customers: fit.customers,
  };
}
