import { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { nearest } from '../../base/nearest.ts';
import type { ContractCells } from '../../data/contracts.ts';
import { acrossEdge } from '../../engine/across-edge.ts';
import type { Terms } from '../../engine/contracts/value.ts';
import { constantRetention } from '../../models/contracts/constant-retention.ts';
import { pooledRetention, type Runs, type SurvivalModel } from '../../models/contracts/survival.ts';
import { fitOrLimit } from '../../models/limits.ts';
import type { Estimate } from '../../models/model.ts';
import type { ModelNote } from '../found.ts';
import type { SavedSurvival } from './saved.ts';
import { type ContractSettings, type ContractTerms, isOneRate, termsOf } from './terms.ts';

/**
 * What is decided of the last runs, whichever way it went: ended after so many paid periods, or there after so many renewals.
 * Runs of which all was given back tell nothing.
 */
export function runsOfCells({ length, tenure, made, lost, count }: ContractCells): Runs {
  const longest = tenure.reduce((most, periods) => Math.max(most, periods), 0);
  const runs = { ended: new Float64Array(longest + 1), alive: new Float64Array(longest + 1) };
  for (let i = 0; i < length; i++) {
    if (tenure[i] === 0) continue;
    if (lost[i]) runs.ended[tenure[i]!]! += count[i]!;
    else runs.alive[made[i]!]! += count[i]!;
  }
  return { length: longest + 1, tenure: Int32Array.from({ length: longest + 1 }, (_, t) => t), ...runs };
}

/** A model of contracts fitted to runs: the one asked for, or the limit that it tends to at an edge of its parameters. */
export interface FittedSurvival {
  readonly model: SurvivalModel;
  /** The model asked for where the fitted one is its limit, and what that takes of all customers. */
  readonly limit: ModelNote['limit'];
  readonly fit: Estimate;
  /** One rate a period for all, exact; null: the model says it by tenure. */
  readonly rate: Decimal | null;
  /** Terms inside the edge, as likely as the 95 % region allows. */
  readonly across: readonly Terms[];
}

/** @param start an optimum nearby. Errors E302, E303, E311–E313, E322. */
export function fitSurvivalOrLimit(runs: Runs, settings: ContractTerms, start?: readonly number[]): FittedSurvival {
  const asked = settings.model;
  const { model, fit } = fitOrLimit(asked, runs, start);
  checkEnding(model, settings);
  const limit = limitOf(asked, model);
  const inside = limit && settings.interval ? acrossEdge(asked, runs, { model, ...fit }) : [];
  const across = inside.map((parameters) => termsOf(settings, asked, parameters, null));
  return { model, limit, fit, rate: model === constantRetention ? pooledRate(runs) : null, across };
}

function pooledRate(runs: Runs): Decimal {
  const { made, due } = pooledRetention(runs);
  return new Decimal(made).div(due);
}

/** What values the customers: parameters by tenure, or one rate, of all or of each segment. */
export interface FittedContracts extends Pick<FittedSurvival, 'model' | 'limit' | 'across'> {
  readonly parameterNames: readonly string[];
  /** The file of the parameters, where they were not fitted to these data. */
  readonly source: string | null;
  /** Errors are unknown of rates that are given. */
  readonly fit: Estimate;
  /** The rate a period of a segment; null: the model says it by tenure. */
  readonly rateOf: (segment: number) => Decimal | null;
}

/** Errors E302, E303, E311–E313, E322; E256 segments without a rate of their own. */
export function fitContracts(cells: ContractCells, runs: Runs, settings: ContractSettings): FittedContracts {
  const { model, retention, saved } = settings;
  if (saved) return reused(saved, runs, settings);
  if (!isOneRate(settings) || retention === null) {
    const { rate, ...fitted } = fitSurvivalOrLimit(runs, settings);
    return { ...fitted, source: null, parameterNames: fitted.model.parameterNames, rateOf: () => rate };
  }
  const given = { model, limit: undefined, across: [], source: null };
  const customers = cells.count.reduce((sum, n) => sum + n, 0);
  if (retention instanceof Decimal) {
    const parameters = [retention.toNumber()];
    const logLikelihood = model.logLikelihood(runs, parameters);
    const fit = { parameters, logLikelihood, customers, covariance: null };
    return { ...given, parameterNames: model.parameterNames, fit, rateOf: () => retention };
  }
  const rates = cells.segments.map(retention.of);
  const names = cells.segments.map((segment) => segment.join(' · '));
  const missing = names.filter((_, i) => rates[i] === null);
  if (missing.length > 0) {
    const segments = missing.slice(0, 10).join('; ') + (missing.length > 10 ? '; …' : '');
    const unused = retention.segments.map((segment) => segment.join(' · ')).filter((name) => !names.includes(name));
    throw new ClvError(
      'E256',
      { count: missing.length, segments, hint: misspelt(unused, missing) },
      { file: retention.file },
    );
  }
  return {
    ...given,
    parameterNames: names,
    fit: { parameters: rates.map((rate) => rate!.toNumber()), logLikelihood: Number.NaN, customers, covariance: null },
    rateOf: (segment) => rates[segment]!,
  };
}

/** Parameters that were fitted earlier; the likelihood is that of them here. E313 */
function reused(saved: SavedSurvival, runs: Runs, settings: ContractSettings): FittedContracts {
  const { model, general, parameters, rate } = saved;
  checkEnding(model, settings);
  return {
    model,
    limit: limitOf(general, model),
    across: saved.across.map((one) => termsOf(settings, general, one, null)),
    parameterNames: model.parameterNames,
    source: saved.file,
    fit: {
      parameters,
      covariance: saved.covariance,
      logLikelihood: model.logLikelihood(runs, parameters),
      customers: runs.ended.reduce((sum, ended, i) => sum + ended + runs.alive[i]!, 0),
    },
    rateOf: () => rate,
  };
}

function checkEnding({ name, unending, takes = '' }: SurvivalModel, { horizonPeriods }: ContractTerms): void {
  if (unending && horizonPeriods === null) throw new ClvError('E313', { model: name, takes });
}

function limitOf(asked: SurvivalModel, { name, takes = '' }: SurvivalModel): ModelNote['limit'] {
  return name === asked.name ? undefined : { of: asked.name, takes };
}

/** Asks whether a name that stands for nothing is meant for one that is missing. */
function misspelt(unused: readonly string[], missing: readonly string[]): string {
  for (const name of unused) {
    const near = nearest(name, missing);
    if (near !== null) return `; did you mean "${near}" by "${name}"?`;
  }
  return '';
}
