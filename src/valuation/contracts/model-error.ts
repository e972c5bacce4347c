import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import type { ContractFit, RenewalOutcomes } from '../../data/contracts.ts';
import type { PaymentBlock } from '../../data/subscriptions/payments.ts';
import type { SubscriptionAsOf } from '../../data/subscriptions/terms.ts';
import { predictRenewals, renewalsMade } from '../../engine/contracts/holdout.ts';
import { renewalsVariance } from '../../engine/contracts/outcome.ts';
import { RenewalsOf } from '../../engine/contracts/renewals.ts';
import { type Backcast, modelError, USUAL_MODEL_ERROR } from '../../engine/model-error.ts';
import { subscriptionOf } from '../../engine/subscriptions/of-payments.ts';
import { customersOf } from '../../engine/subscriptions/payments-of-rows.ts';
import { splitSegment } from '../../ledger/steps/sql.ts';
import type { Runs } from '../../models/contracts/survival.ts';
import { fitOrLimit } from '../../models/limits.ts';
import type { ModelError } from '../found.ts';
import { originDays } from '../model-error.ts';
import type { ModelErrorKind } from '../valuing.ts';
import { cellsAt, cellsOfFit, fitName } from './by-fit.ts';
import { CellsOf } from './cells.ts';
import { runsOfCells } from './fit.ts';
import type { ContractReading } from './subscribers.ts';
import type { ContractSettings } from './terms.ts';

/** Subscriptions as they were known on an earlier day of the log, and the renewals of those running that were decided since. */
export interface ContractOrigin {
  readonly asOf: Day;
  readonly days: number;
  /** By the name of the fit. */
  readonly fits: ReadonlyMap<string, { readonly runs: Runs; readonly outcomes: RenewalOutcomes }>;
}

/** The payments of a valuation, up to its as-of date, and how they are read. */
export interface PaymentLog extends Pick<ContractReading, 'terms'> {
  readonly payments: () => AsyncIterable<PaymentBlock>;
  /** The first day of the log. */
  readonly first: Day;
  readonly asOf: Day;
}

/** A fit and the model that was asked for it. */
export interface FitModel {
  readonly fit: ContractFit;
  readonly settings: Pick<ContractSettings, 'model'>;
}

/**
 * The model error τ of a valuation of subscriptions: given, saved with the model, or learned from up to three earlier days of the
 * log, by the renewals that were decided in the quarter of it after each.
 * @throws ClvError E318–E320
 */
export async function contractModelError(
  log: PaymentLog,
  fits: readonly FitModel[],
  how: How,
): Promise<ModelError | null> {
  return modelErrorBy(await contractOrigins(log, how), fits, how);
}

interface How {
  readonly kind: ModelErrorKind;
  /** That of a model file; null: it has none. */
  readonly saved: number | null;
}

/** The same of origins that are read already. */
export function modelErrorBy(
  origins: readonly ContractOrigin[],
  fits: readonly FitModel[],
  { kind, saved }: How,
): ModelError | null {
  if (kind === 'none') return null;
  if (kind !== 'auto') return { tau: kind, source: 'given', origins: [] };
  if (saved !== null) return { tau: saved, source: 'saved', origins: [] };
  const found = origins.flatMap((origin) => {
    const cast = backcastOf(origin, fits);
    return cast ? [{ asOf: origin.asOf, days: origin.days, ...cast }] : [];
  });
  if (found.length === 0) return { tau: USUAL_MODEL_ERROR, source: 'usual', origins: [] };
  return { tau: modelError(found), source: 'learned', origins: found };
}

/** What τ is learned from, where it is: one pass over the payments for all origins. @throws ClvError E318–E320 */
export async function contractOrigins(
  { payments, terms, first, asOf }: PaymentLog,
  { kind, saved }: How,
): Promise<readonly ContractOrigin[]> {
  if (kind !== 'auto' || saved !== null) return [];
  const { days, origins } = originDays(first, asOf);
  const known = origins.map((origin) => new OriginOf(origin, days));
  if (known.length === 0) return [];
  for await (const customers of customersOf(payments()))
    for (const customer of customers)
      for (const rows of customer.subscriptions)
        for (const one of known)
          if (rows.rows[0]!.day <= one.asOf) one.add((day) => subscriptionOf(customer, rows, terms, day));
  return known.map((one) => one.done());
}

/** Counts subscriptions as of an origin and what they did after it. */
class OriginOf {
  readonly asOf: Day;
  readonly #days: number;
  readonly #cells: CellsOf;
  readonly #renewals = new Map<string, RenewalsOf>();

  constructor(asOf: Day, days: number) {
    this.asOf = asOf;
    this.#days = days;
    this.#cells = new CellsOf(asOf);
  }

  /** @param at the subscription as of a day */
  add(at: (day: Day) => SubscriptionAsOf): void {
    const then = at(this.asOf);
    const cell = this.#cells.add(then, { margin: 0n, periods: 1 });
    if (cell < 0 || then.standing.state === 'ended' || then.standing.paidPeriods === 0) return;
    const until = this.asOf + this.#days;
    const { length } = then.terms.runs.at(-1)!.terms.at(-1)!;
    const fit = fitName({ length, group: splitSegment(then.group) });
    const renewals = this.#renewals.get(fit) ?? new RenewalsOf(until);
    this.#renewals.set(fit, renewals);
    renewals.add(then, at(until));
  }

  done(): ContractOrigin {
    const { cells } = this.#cells.done();
    const fits = cells.fits.flatMap((fit, which) => {
      const outcomes = this.#renewals.get(fitName(fit))?.done().outcomes;
      const runs = runsOfCells(cellsAt(cells, cellsOfFit(cells, which)));
      return outcomes ? [[fitName(fit), { runs, outcomes }] as const] : [];
    });
    return { asOf: this.asOf, days: this.#days, fits: new Map(fits) };
  }
}

/**
 * Renewals expected after an origin, by models fitted to what was known then, against those made. Of several fits each counts
 * with the mean margin a period of its subscriptions, in units of the mean of all. Null where one cannot be fitted, or nothing
 * was decided.
 */
function backcastOf({ fits: known }: ContractOrigin, fits: readonly FitModel[]): Backcast | null {
  const parts = fits.flatMap(({ fit, settings }) => {
    const then = known.get(fitName(fit));
    return then ? [{ ...then, settings }] : [];
  });
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  const mean = (of: readonly { readonly outcomes: RenewalOutcomes }[]): number =>
    of.reduce((sum, { outcomes }) => sum + total(outcomes.margin), 0) /
    of.reduce((sum, { outcomes }) => sum + total(outcomes.count), 0);
  const cast = { expected: 0, actual: 0, variance: 0 };
  for (const part of parts) {
    const { runs, outcomes, settings } = part;
    const weight = parts.length === 1 ? 1 : mean([part]) / mean(parts);
    try {
      const { model, fit } = fitOrLimit(settings.model, runs);
      cast.expected += weight * total(predictRenewals(model, fit.parameters, outcomes).renewals);
      cast.actual += weight * total(renewalsMade(outcomes).renewals);
      cast.variance += weight ** 2 * renewalsVariance(model, fit.parameters, fit.covariance, outcomes);
    } catch (error) {
      if (error instanceof ClvError) return null;
      throw error;
    }
  }
  return cast.expected > 0 && cast.actual > 0 ? cast : null;
}
