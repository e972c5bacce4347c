import type { Factors, SpendFrom, SpendStates } from '../data/states.ts';
import { bootstrapIntervals, bootstrapRefits } from '../engine/bootstrap.ts';
import { cellsOfGroup, jointOfGroup, spendOfGroup } from '../engine/groups.ts';
import { covarianceMoments, type EquityIntervals, momentIntervals, outcomeVariance } from '../engine/intervals.ts';
import { SEED, uniform } from '../engine/random.ts';
import type { Valued } from '../engine/valued.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readJoint } from '../ledger/steps/joint.ts';
import type { PurchaseWindow } from '../models/model.ts';
import type { Fitted, FittedCustomers } from './fit.ts';
import type { Intervals, ModelError } from './found.ts';

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

/** What is valued by the factors, and how their intervals are found. */
interface How {
  readonly window: PurchaseWindow;
  readonly spendFrom: SpendFrom;
  readonly kind: IntervalKind;
  readonly modelError: ModelError | null;
}

/** Intervals of the equity that these factors give: groups with models of their own are independent of each other. */
export async function intervalsOf(
  ledger: Ledger,
  customers: FittedCustomers,
  parts: readonly Factors[],
  { window, spendFrom, kind, modelError }: How,
): Promise<Intervals | null> {
  const { cells, groups } = customers;
  if (kind === 'none' || noIntervals(customers, kind) !== null) return null;
  const valued = groups.map((group, i) => valuedOf(customers, group, parts[i]!, window, spendFrom));
  const equity = kind === 'covariance' ? byCovariance(valued) : await byBootstrap(ledger, customers, valued, kind);
  if (!equity) return null;
  const variances = valued.map(outcomeVariance);
  const known = variances.every((variance) => variance !== null);
  return {
    segments: cells.segments,
    equity,
    modelError,
    outcomeVariance: known ? variances.reduce((sum, variance) => sum + variance, 0) : null,
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

function byCovariance(valued: readonly Valued[]): EquityIntervals | null {
  const moments = valued.map((one) => covarianceMoments(one));
  return moments.every((group) => group !== null) ? momentIntervals(moments) : null;
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
