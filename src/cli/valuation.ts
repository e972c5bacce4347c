import type { ModelNote, Valuation } from '../aggregator/compute.ts';
import { ClvError } from '../base/errors.ts';
import { deltaPerDay } from '../engine/discount.ts';
import { factorsOf } from '../engine/factors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { gammaGamma } from '../models/gamma-gamma.ts';
import type { Fit } from '../models/model.ts';
import type { Settings } from './settings.ts';

/** Fits the models to the states of a rolled-up ledger and values every customer in it. */
export async function valueCustomers(
  ledger: Ledger,
  settings: Settings,
): Promise<Pick<Valuation, 'model' | 'spend' | 'expectedActive' | 'prospectValue'>> {
  const { model, horizon } = settings;
  const states = await ledger.states();
  const fit = model.fit(states);
  const spend = gammaGamma.fit(await ledger.spendStates());
  const window = { delta: deltaPerDay(settings.discountRate), days: horizon.days };
  const later = model.one({ x: 0, recency: 0, age: 0 }, fit.parameters, window).purchases;
  if (!Number.isFinite(later)) throw new ClvError('E107');
  const credibility = (purchases: number) => gammaGamma.credibility(purchases, spend.parameters);
  const counted = settings.spendFrom === 'all' ? 1 : 0;
  const factors = factorsOf(states, model, fit.parameters, window, credibility, counted);
  await ledger.value(factors, settings.digits);
  return {
    model: noteOf(model, fit),
    spend: { ...noteOf(gammaGamma, spend), correlation: spend.correlation },
    expectedActive: factors.pAlive.reduce((sum, alive, i) => sum + alive * states.count[i]!, 0),
    prospectValue: credibility(0).base * (1 + later),
  };
}

function noteOf(model: { readonly name: string; readonly parameterNames: readonly string[] }, fit: Fit): ModelNote {
  return {
    name: model.name,
    parameterNames: model.parameterNames,
    parameters: fit.parameters,
    standardErrors: fit.covariance.map((row, i) => Math.sqrt(row[i]!)),
    logLikelihood: fit.logLikelihood,
    customers: fit.customers,
  };
}
