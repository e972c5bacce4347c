import type { ModelNote, Valuation } from '../aggregator/compute.ts';
import { ClvError } from '../base/errors.ts';
import { deltaPerDay } from '../engine/discount.ts';
import { factorsOf } from '../engine/factors.ts';
import { covarianceErrors, outcomeVariance, type Valued } from '../engine/intervals.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Estimate, PurchaseWindow } from '../models/model.ts';
import { type Fitted, fitModels } from './fitting.ts';
import type { Settings } from './settings.ts';

/** Fits the models to the states of a rolled-up ledger and values every customer in it. */
export async function valueCustomers(
  ledger: Ledger,
  settings: Settings,
  interval: 'covariance' | 'none',
): Promise<Pick<Valuation, 'model' | 'spend' | 'expectedActive' | 'prospectValue' | 'intervals'> & { fitted: Fitted }> {
  const fitted = await fitModels(ledger, settings);
  const { states, cells, model, fit, spend } = fitted;
  const window = windowOf(settings);
  const later = model.one({ x: 0, recency: 0, age: 0 }, fit.parameters, window).purchases;
  if (!Number.isFinite(later)) throw new ClvError('E107');
  const credibility = (purchases: number) => spend.model.credibility(purchases, spend.fit.parameters);
  const counted = settings.spendFrom === 'all' ? 1 : 0;
  const factors = factorsOf(states, model, fit.parameters, window, credibility, counted);
  await ledger.value(factors, settings.digits);
  const spendModel = {
    fit: spend.fit,
    credibility: spend.model.credibility,
    hasVariance: spend.model.name === 'gamma-gamma',
  };
  return {
    fitted,
    model: { ...noteOf(model, fit), source: fitted.source },
    spend: { ...noteOf(spend.model, spend.fit), correlation: spend.fit.correlation },
    expectedActive: factors.pAlive.reduce((sum, alive, i) => sum + alive * states.count[i]!, 0),
    prospectValue: spend.model.populationMean(spend.fit.parameters) * (1 + later),
    intervals: intervalsOf({ states, cells, model, fit, window, spend: spendModel, counted, factors }, interval),
  };
}

/** The horizon and the discount rate, as a window of purchases. */
export function windowOf(settings: Settings): PurchaseWindow {
  return { delta: deltaPerDay(settings.discountRate), days: settings.horizon.days };
}

function intervalsOf(valued: Valued, interval: 'covariance' | 'none'): Valuation['intervals'] {
  const errors = interval === 'none' ? null : covarianceErrors(valued);
  return errors && { segments: valued.cells.segments, errors, outcomeVariance: outcomeVariance(valued) };
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
    standardErrors: fit.covariance && fit.covariance.map((row, i) => Math.sqrt(row[i]!)),
    covariance: fit.covariance,
    logLikelihood: fit.logLikelihood,
    customers: fit.customers,
  };
}
