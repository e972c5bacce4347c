import type { Ground, KeptFits } from '../data/books/kept-fits.ts';
import type { Factors, SpendFrom, SpendStates } from '../data/states.ts';
import { bootstrapIntervals, bootstrapRefits } from '../engine/bootstrap.ts';
import { type Uncertainty, uncertaintyOf } from '../engine/gradients.ts';
import { cellsOfGroup, jointOfGroup, spendOfGroup } from '../engine/groups.ts';
import {
  covarianceMoments,
  type EquityIntervals,
  type EquityMoments,
  momentIntervals,
  outcomeVariance,
} from '../engine/intervals.ts';
import { SEED, uniform } from '../engine/random.ts';
import type { Valued } from '../engine/valued.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readJoint } from '../ledger/steps/joint.ts';
import type { Estimate, PurchaseWindow } from '../models/model.ts';
import type { Fitted, FittedCustomers } from './fit.ts';
import type { Intervals, ModelError } from './found.ts';
import { keptOr, modelGrounds, stateGrounds } from './kept.ts';

/** How intervals are found; a number of resamples is a bootstrap. */
export type IntervalKind = 'covariance' | 'none' | number;

/** Why there are no intervals although they were asked for; a warning. */
export function noIntervals({ groups }: FittedCustomers, kind: IntervalKind): string | null {
  if (kind === 'none') return null;
  if (groups.some((group) => group.pooled))
    return 'groups that share the models of all customers are not independent of the others';
  const known = groups.every(({ fit, spend }) => fit.covariance && spend.fit.covariance);
  return known || kind !== 'covariance' ? null : 'the model file has no covariance of its parameters';
}

/** How the intervals of a valuation are found. */
interface How {
  readonly kind: IntervalKind;
  readonly modelError: ModelError | null;
}

/** How sure the parameters of a group are, found when it is first asked for. */
export type KnownUncertainty = () => Uncertainty | null;

/** See KnownUncertainty. */
export function uncertaintyWhenAsked(valued: Valued): KnownUncertainty {
  let found: Uncertainty | null | undefined;
  return () => {
    found ??= uncertaintyOf(valued);
    return found;
  };
}

/**
 * Intervals of the equity of groups that were valued: groups with models of their own are independent of each other.
 * @param known of each group
 */
export async function intervalsOf(
  ledger: Ledger,
  customers: FittedCustomers,
  valued: readonly Valued[],
  known: readonly KnownUncertainty[],
  { kind, modelError }: How,
): Promise<Intervals | null> {
  if (kind === 'none' || noIntervals(customers, kind) !== null) return null;
  const { fits } = ledger;
  const grounds = valued.map((one, i) => momentGrounds(fits, one, customers.groups[i]!));
  const equity =
    kind === 'covariance'
      ? byCovariance(valued.map((one, i) => keptMoments(fits, grounds[i]!, one, known[i]!)))
      : await byBootstrap(ledger, customers, valued, kind);
  if (!equity) return null;
  const variances = valued.map((one, i) => keptOr(fits, 'outcome variance', grounds[i]!, () => outcomeVariance(one)));
  const all = variances.every((variance) => variance !== null);
  return {
    segments: customers.cells.segments,
    equity,
    modelError,
    outcomeVariance: all ? variances.reduce((sum, variance) => sum + variance, 0) : null,
  };
}

/** What a group's valuation was made of. */
export function valuedOf(
  { cells, states }: Pick<FittedCustomers, 'cells' | 'states'>,
  { group, model, general, fit, spend }: Fitted,
  factors: Factors,
  window: PurchaseWindow,
  spendFrom: SpendFrom,
): Valued {
  const spending = {
    fit: spend.fit,
    credibility: spend.model.credibility,
    refit: (other: SpendStates) => spend.model.fit(other, spend.fit.parameters),
    ...(spend.model.law && { law: (purchases: number) => spend.model.law!(purchases, spend.fit.parameters) }),
    secondMoment: (purchases: number) => spend.model.secondMoment(purchases, spend.fit.parameters),
  };
  const own = states.groups ? cellsOfGroup(cells, group) : cells;
  return { states: factors.states, cells: own, model, general, fit, window, spend: spending, spendFrom, factors };
}

function byCovariance(moments: readonly (EquityMoments | null)[]): EquityIntervals | null {
  return moments.every((group) => group !== null) ? momentIntervals(moments) : null;
}

/** All that the moments of an equity depend on, as one hash; none where nothing is kept. */
function momentGrounds(fits: KeptFits | null, valued: Valued, { spend }: Pick<Fitted, 'spend'>): readonly Ground[] {
  if (!fits) return [];
  const { states, cells, model, general, fit, window, spendFrom, factors } = valued;
  const all = [
    ...[modelGrounds(model), general && modelGrounds(general), estimateGrounds(fit)],
    ...[window.delta, window.days, window.yearly],
    ...[spend.model.name, estimateGrounds(spend.fit), spendFrom],
    ...stateGrounds(states),
    ...[cells.state, cells.segment, cells.segments.length, cells.count, cells.mean, cells.square],
    ...[factors.pAlive, factors.dert, factors.spendBase, factors.spendMultiplier],
  ];
  return [fits.digest(all)];
}

function estimateGrounds({ parameters, covariance, logLikelihood }: Estimate): Ground[] {
  return [parameters, covariance, logLikelihood];
}

/** The moments of a group's equity by the errors of its parameters, or what was kept of them. */
export function momentsOf(fits: KeptFits | null, valued: Valued, fitted: Pick<Fitted, 'spend'>): EquityMoments | null {
  return keptMoments(fits, momentGrounds(fits, valued, fitted), valued, () => uncertaintyOf(valued));
}

function keptMoments(
  fits: KeptFits | null,
  grounds: readonly Ground[],
  valued: Valued,
  known: KnownUncertainty,
): EquityMoments | null {
  const plain = keptOr(fits, 'moments', grounds, () => {
    const moments = covarianceMoments(valued, known());
    if (moments === null) return null;
    const { equity, variance, totalVariance, below, above } = moments;
    return { totalVariance, ...{ equity: [...equity], variance: [...variance], below: [...below], above: [...above] } };
  });
  return (
    plain && {
      totalVariance: plain.totalVariance,
      equity: Float64Array.from(plain.equity),
      variance: Float64Array.from(plain.variance),
      below: Float64Array.from(plain.below),
      above: Float64Array.from(plain.above),
    }
  );
}

async function byBootstrap(
  ledger: Ledger,
  { states, spendStates, groups }: FittedCustomers,
  valued: readonly Valued[],
  resamples: number,
): Promise<EquityIntervals> {
  const joint = await readJoint(ledger.loaded, states, spendStates);
  const random = uniform(SEED);
  const refits = valued.map((one, i) => {
    const { group } = groups[i]!;
    const [customers, spend] = states.groups
      ? [jointOfGroup(joint, group, spendStates), spendOfGroup(spendStates, group)]
      : [joint, spendStates];
    return bootstrapRefits(one, customers, spend, resamples, random);
  });
  return bootstrapIntervals(refits);
}
