import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import type { Population } from '../../data/customers.ts';
import type { AppraisalName, Period } from '../../data/movement.ts';
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
import { type DateContext, type DatedFit, type DatedSettings, fitAt, notesOf, spendAt } from './dated-fit.ts';
import { Fits, type RolledUp } from './fits.ts';
import type { Moved } from './found.ts';

/**
 * How customer equity moved between two dates, one of `period` and the other, valued first by `before`, then by `after`:
 * roll up both dates → fit → value the rungs → compare customer by customer.
 * @param fits of the periods compared before, which share dates with this one
 * @param origins of `originsOf` as of the closing, from which the model error of its intervals is learned; absent: no intervals
 * @throws ClvError E308 where the customers of a date cannot be valued
 */
export async function compareDates(
  ledger: Ledger,
  period: Period,
  {
    before,
    after,
    known,
    origins,
    fits = new Fits(),
  }: {
    readonly before: DatedSettings;
    readonly after: DatedSettings;
    readonly known: DateContext;
    readonly origins?: readonly Origin[] | undefined;
    readonly fits?: Fits;
  },
  say: Say = () => {},
): Promise<{ moved: Moved; population: Population; correlation: number | null }> {
  const { from, to } = period;
  const { digits, spendFrom } = after.settings;
  const repricing = before.openingMargins !== after.openingMargins;
  const fills = before.settings.spend.fillsMeans || after.settings.spend.fillsMeans;
  const by = ({ openingMargins }: DatedSettings) =>
    [from, to].map((asOf) => ({ asOf, spendFrom, fillMeans: fills, openingMargins }));
  const [early, late, earlyRepriced, lateRepriced] = (await fits.rollUps(
    ledger,
    [...by(before), ...(repricing ? by(after) : [])],
    say,
  )) as [RolledUp, RolledUp, RolledUp?, RolledUp?];
  const base = async (
    customers: RolledUp,
    date: 'opening' | 'closing',
    { settings }: DatedSettings,
  ): Promise<DatedFit> => {
    say('fitting the models');
    const fitted = await fits.of(customers, settings, () => fitAt(ledger, settings, customers, date, known));
    return { fitted, own: fitted.groups[0]! };
  };
  const opening = await base(early, 'opening', before);
  const closing = await base(late, 'closing', heldFrom(opening, after));
  const spend = lateRepriced ? await spendAt(ledger, lateRepriced, after, closing) : closing.own.spend;

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
  const [then, now] = [opening.fitted.states, closing.fitted.states];
  const { rungs, expected } = openingRungs(believed, then, first, to - from);
  const recast = factorsUnder(dated(repriced, from), then, last);
  const held = factorsUnder(dated(believed, to), now, first);
  const refitted = factorsUnder(updated, now, first);
  const final = factorsUnder(repriced, now, last);
  say('valuing customers');
  const appraised = (customers: RolledUp, name: AppraisalName, valuations: readonly Factors[]) =>
    appraise(ledger.loaded, customers.name, name, valuations, digits);
  const atOpening = await appraised(early, 'opening', earlyRepriced ? rungs : [...rungs, recast]);
  await appraised(late, 'closing', lateRepriced ? [held, refitted] : [held, refitted, final]);
  if (lateRepriced) await appraised(lateRepriced, 'repriced', [factorsUnder(repriced, now, first), final]);
  const recasts = earlyRepriced ? await appraised(earlyRepriced, 'trial', [recast]) : atOpening;
  const intervals = origins
    ? await closingIntervals(ledger, valued, final, {
        window: last,
        settings: after.settings,
        origins,
        repriced: lateRepriced,
      })
    : null;
  return {
    moved: {
      intervals,
      period,
      movement: await readMovement(ledger.loaded, period, repricing, before.reported),
      expectedActive: { opening: activeOf(rungs[0]!), closing: activeOf(final) },
      recast: recasts.reduce((sum, { values }) => sum + values.at(-1)!, 0n),
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
    population: late.population,
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
