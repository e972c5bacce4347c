import { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { type ContractValues, contractValues, type Terms } from '../../engine/contracts/value.ts';
import { constantRetention } from '../../models/contracts/constant-retention.ts';
import { sbg } from '../../models/contracts/sbg.ts';
import type { Runs } from '../../models/contracts/survival.ts';
import type { Estimate } from '../../models/model.ts';
import { unlessUnfit } from '../contracts/comparison.ts';
import { type OneRate, termsOf } from '../contracts/terms.ts';
import type { SurvivorCohort, SurvivorSettings } from './settings.ts';

/** The share of all customers whose renewal was due last that made it: what an accountant would read off the totals. */
export function lastRetention(cohorts: readonly SurvivorCohort[]): Last | null {
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
export function fitted(
  runs: Runs,
  last: Last | null,
  { model, retention }: SurvivorSettings,
): { fit: Estimate; rate: Decimal | null } {
  if (model !== constantRetention) return { fit: model.fit(runs), rate: null };
  const customers = runs.ended.reduce((sum, n, i) => sum + n + runs.alive[i]!, 0);
  const rate = retention ?? last?.rate;
  if (!rate) throw new ClvError('E312', { customers });
  const parameters = [rate.toNumber()];
  const covariance = retention || !last ? null : [[rate.times(rate.negated().plus(1)).div(last.due).toNumber()]];
  return { fit: { parameters, logLikelihood: model.logLikelihood(runs, parameters), customers, covariance }, rate };
}

function equityOf(alive: Float64Array, margin: Decimal, values: ContractValues): bigint {
  return alive.reduce((sum, customers, tenure) => sum + BigInt(customers) * values.value(margin, tenure), 0n);
}

/** Against the model at hand, or the sBG where that is the one of one rate. */
export function oneRateOf(
  alive: Float64Array,
  runs: Runs,
  retention: Decimal | null,
  { settings, equity }: { settings: SurvivorSettings; equity: bigint },
): OneRate | null {
  if (retention === null) return null;
  const { marginPerPeriod: margin, model } = settings;
  const value = (terms: Terms): bigint => equityOf(alive, margin, contractValues(terms, alive.length - 1));
  if (model !== constantRetention) {
    const one = termsOf(settings, constantRetention, [retention.toNumber()], retention);
    return { retention, equity: value(one), differing: equity };
  }
  return unlessUnfit(() => {
    const differing = value(termsOf(settings, sbg, sbg.fit(runs).parameters, null));
    return { retention, equity, differing };
  });
}
