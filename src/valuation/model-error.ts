import type { Day } from '../base/calendar.ts';
import { ClvError } from '../base/errors.ts';
import type { KeptFits } from '../data/books/kept-fits.ts';
import type { DailyPurchases } from '../data/customers.ts';
import type { Origin } from '../data/origin.ts';
import { backcast, modelError, USUAL_MODEL_ERROR } from '../engine/model-error.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { fitOrLimit } from '../models/limits.ts';
import type { Fitted } from './fit.ts';
import type { ModelError } from './found.ts';
import { dailyGrounds, keptOr, modelGrounds, stateGrounds } from './kept.ts';
import { asOfEarlier } from './season.ts';
import type { Valuing } from './valuing.ts';

/** A quarter of the log is what is looked at after an earlier day; shorter ones than this tell nothing. */
const SHARE = 4;
const LEAST_DAYS = 28;
/** Days before the as-of date, in quarters of the log. */
const BEFORE = [1, 1.5, 2];

/** What was known on up to three earlier days of the log. After `load`, before a roll-up that is the last. @param asOf null: the last day */
export async function originsOf(
  ledger: Ledger,
  { opportunity, modelError: kind, saved }: Pick<Valuing, 'opportunity' | 'modelError' | 'saved'>,
  asOf: Day | null,
): Promise<readonly Origin[]> {
  const dates = ledger.loaded.days;
  const [first, last] = [dates[0] ?? 0, asOf ?? dates.at(-1) ?? 0];
  if (kind !== 'auto' || errorOf(saved) !== null || opportunity) return [];
  const { days, origins } = originDays(first, last);
  return origins.length === 0 ? [] : ledger.origins(origins, days);
}

/** Earlier days of a log, and how many days are looked at after each; none where it is too short. */
export function originDays(first: Day, last: Day): { readonly days: number; readonly origins: readonly Day[] } {
  const days = Math.floor((last - first) / SHARE);
  return { days, origins: days < LEAST_DAYS ? [] : BEFORE.map((quarters) => last - Math.round(quarters * days)) };
}

/**
 * The model error τ of a valuation: given, saved with the model, or learned from the origins that the model fits, the search started at the
 * parameters of the valuation. Of groups fitted apart the model of the first is asked.
 * @param daily what a clock of the valuation was learned from: those of the origins are learned from what came before them
 * @param fits those that are kept, of which none is done again
 */
export function modelErrorOf(
  origins: readonly Origin[],
  { modelError: kind, season, saved }: Pick<Valuing, 'modelError' | 'season' | 'saved'>,
  { model, fit }: Pick<Fitted, 'model' | 'fit'>,
  daily: DailyPurchases | null,
  fits: KeptFits | null = null,
): ModelError | null {
  if (kind === 'none') return null;
  if (kind !== 'auto') return { tau: kind, source: 'given', origins: [] };
  const kept = errorOf(saved);
  if (kept !== null) return { tau: kept, source: 'saved', origins: [] };
  const found = origins.flatMap(({ asOf, days, states, bought }) => {
    const of = [...modelGrounds(model), fit.parameters, season, daily && dailyGrounds(daily)];
    const cast = keptOr(fits, 'backcast', [...of, asOf, days, bought, ...stateGrounds(states)], () => {
      const refitted = attempt(() => {
        const then = asOfEarlier({ model, fit }, states, asOf, { kind: season, daily });
        return fitOrLimit(then, states, fit.parameters);
      });
      return refitted && backcast(states, refitted.model, refitted.fit, days, bought);
    });
    return cast ? [{ asOf, days, ...cast }] : [];
  });
  if (found.length === 0) return { tau: USUAL_MODEL_ERROR, source: 'usual', origins: [] };
  return { tau: modelError(found), source: 'learned', origins: found };
}

function errorOf(saved: Valuing['saved']): number | null {
  return saved?.modelError ?? null;
}

/** Null where there are too few customers. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof ClvError) return null;
    throw error;
  }
}
