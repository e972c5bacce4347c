import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import type { Population } from '../../data/customers.ts';
import type { Period, RollUpName } from '../../data/movement.ts';
import type { Origin } from '../../data/origin.ts';
import type { Factors } from '../../data/states.ts';
import { cellValues } from '../../engine/equity.ts';
import { covarianceMoments } from '../../engine/intervals.ts';
import { type Belief, factorsUnder, openingRungs } from '../../engine/ladder.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readMovement } from '../../ledger/steps/movement.ts';
import { appraise } from '../../ledger/steps/value.ts';
import type { PurchaseWindow } from '../../models/model.ts';
import { chosenModel, horizonOf } from '../fit.ts';
import { valuedOf } from '../intervals.ts';
import { windowOf } from '../value.ts';
import type { Say, Valuing } from '../valuing.ts';
import { closingIntervals } from './closing-intervals.ts';
import {
  type DateContext,
  type DatedFit,
  type DatedSettings,
  type Fits,
  fitAt,
  fitKey,
  notesOf,
  spendAt,
} from './dated-fit.ts';
import type { Moved } from './found.ts';

/**
 * How customer equity moved between two dates, one of `period` and the other, valued first by `before`, then by `after`:
 * roll up both dates → fit → value the rungs → compare customer by customer.
 * @param origins of `originsOf` as of the closing, from which the model error of its intervals is learned; absent: no intervals
 * @throws ClvError E308 where the customers of a date cannot be valued
 */
export async function compareDates(
  ledger: Ledger,
  period: Period,
  {
    before,
    after,
    fits,
    known,
    origins,
  }: {
    readonly before: DatedSettings;
    readonly after: DatedSettings;
    readonly fits: Fits;
    readonly known: DateContext;
    readonly origins?: readonly Origin[] | undefined;
  },
  say: Say = () => {},
): Promise<{ moved: Moved; population: Population; correlation: number | null }> {
  const { from, to } = period;
  const { digits, spendFrom } = after.settings;
  const repricing = before.openingMargins !== after.openingMargins;
  const fills = before.settings.spend.fillsMeans || after.settings.spend.fillsMeans;
  const rollUp = (name: RollUpName, asOf: Day, { openingMargins }: DatedSettings): Promise<Population> => {
    say('rolling up customers');
    return ledger.rollUp({ asOf, spendFrom, fillMeans: fills, openingMargins }, name);
  };
  const base = async (
    name: RollUpName,
    asOf: Day,
    margins: DatedSettings,
    { settings }: DatedSettings,
  ): Promise<DatedFit> => {
    const population = await rollUp(name, asOf, margins);
    const key = fitKey(asOf, margins.openingMargins, settings);
    say('fitting the models');
    const fitted = fits.get(key) ?? (await fitAt(ledger, settings, name, asOf, known));
    fits.set(key, fitted);
    return { population, fitted, own: fitted.groups[0]! };
  };
  const opening = await base('opening', from, before, before);
  const basis = heldFrom(opening, after);
  const closing = await base('closing', to, before, basis);
  if (repricing) {
    await rollUp('opening_repriced', from, after);
    await rollUp('closing_repriced', to, after);
  }
  const spend = repricing ? await spendAt(ledger, after, closing) : closing.own.spend;

  const valued = { ...closing, own: { ...closing.own, spend } };

  const horizon = horizonOf(after.settings, [opening.own, closing.own]);
  const [first, last] = [windowOf(before.settings, horizon), windowOf(after.settings, horizon)];
  const believed = beliefOf(opening, spendFrom);
  const updated = beliefOf(closing, spendFrom);
  const repriced = beliefOf(valued, spendFrom);
  const sameRate = before.settings.discountRate.eq(after.settings.discountRate);
  const openingRate = sameRate ? '--discount-rate' : '--from-discount-rate';
  for (const belief of [believed, updated]) checkFinite(belief, first, openingRate);
  checkFinite(repriced, last, '--discount-rate');
  const [early, late] = [opening.fitted.states, closing.fitted.states];
  const { rungs, expected } = openingRungs(believed, early, first, to - from);
  const held = factorsUnder(dated(believed, to), late, first);
  const refitted = factorsUnder(updated, late, first);
  const final = factorsUnder(repriced, late, last);
  say('valuing customers');
  await appraise(ledger.loaded, 'opening', 'opening', rungs, digits);
  await appraise(ledger.loaded, 'closing', 'closing', [held, refitted], digits);
  await appraise(
    ledger.loaded,
    repricing ? 'closing_repriced' : 'closing',
    'repriced',
    [repricing ? factorsUnder(repriced, late, first) : refitted, final],
    digits,
  );
  const recast = await appraise(
    ledger.loaded,
    repricing ? 'opening_repriced' : 'opening',
    'trial',
    [factorsUnder(dated(repriced, from), early, last)],
    digits,
  );
  const intervals = origins
    ? await closingIntervals(ledger, valued, final, { window: last, settings: after.settings, origins, repricing })
    : null;
  return {
    moved: {
      intervals,
      period,
      movement: await readMovement(ledger.loaded, period, repricing, before.reported),
      expectedActive: { opening: activeOf(rungs[0]!), closing: activeOf(final) },
      recast: recast.reduce((sum, { values }) => sum + values[0]!, 0n),
      expectedMargin: cellValues(opening.fitted.cells, expected).reduce((sum, value) => sum + value, 0),
      modelChangeError: changeError(
        { ...opening, own: dated(opening.own, to) },
        closing,
        { held, refitted, window: first },
        spendFrom,
      ),
      horizon,
      opening: notesOf(before, opening),
      closing: notesOf(after, valued),
    },
    population: closing.population,
    correlation: spend.fit.correlation,
  };
}

function beliefOf({ own: { model, fit, spend } }: DatedFit, spendFrom: Valuing['spendFrom']): Belief {
  return {
    model,
    parameters: fit.parameters,
    credibility: (purchases) => spend.model.credibility(purchases, spend.fit.parameters),
    spendFrom,
  };
}

/** What is believed of customers as they are on another day. */
function dated<T extends Pick<DatedFit['own'], 'model' | 'general'>>(belief: T, asOf: Day): T {
  const { model, general } = belief;
  if (!model.clocked) return belief;
  return { ...belief, model: model.clocked.dated(asOf), ...(general && { general: general.clocked!.dated(asOf) }) };
}

/** The settings of the closing, with what was chosen for the opening where the model is chosen: both dates are valued alike. */
function heldFrom({ own }: DatedFit, after: DatedSettings): DatedSettings {
  const { settings } = after;
  if (!settings.model.whenOne || settings.saved) return after;
  return { ...after, settings: { ...settings, ...chosenModel(own) } };
}

/** E107 where a lifetime has no finite value. @param option of the rate */
function checkFinite({ model, parameters }: Belief, window: PurchaseWindow, option: string): void {
  const { purchases } = model.one({ x: 0, recency: 0, age: 0 }, parameters, window);
  if (!Number.isFinite(purchases)) throw new ClvError('E107', { option });
}

function activeOf({ states, pAlive }: Factors): number {
  return pAlive.reduce((sum, alive, i) => sum + alive * states.count[i]!, 0);
}

/**
 * Standard error of the model change, in currency units, where both dates were fitted: the opening's customers are among the
 * closing's, and an efficient estimate is not correlated with its difference from an earlier one (Hausman 1978), so that
 * the variances of the equity under both subtract. Null where that has no meaning.
 */
function changeError(
  opening: DatedFit,
  closing: DatedFit,
  { held, refitted, window }: { readonly held: Factors; readonly refitted: Factors; readonly window: PurchaseWindow },
  spendFrom: Valuing['spendFrom'],
): number | null {
  if (opening.fitted.source !== null || closing.fitted.source !== null) return null;
  const variance = ({ own }: DatedFit, factors: Factors): number | undefined =>
    covarianceMoments(valuedOf(closing.fitted, own, factors, window, spendFrom))?.totalVariance;
  const [before, after] = [variance(opening, held), variance(closing, refitted)];
  if (before === undefined || after === undefined || before <= after) return null;
  return Math.sqrt(before - after);
}
