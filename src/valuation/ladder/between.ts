import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import type { KeptFits } from '../../data/books/kept-fits.ts';
import type { Population } from '../../data/customers.ts';
import type { AppraisalName, Period } from '../../data/movement.ts';
import { lastComplete, type Opportunity } from '../../data/opportunity.ts';
import type { Origin } from '../../data/origin.ts';
import type { Factors, States } from '../../data/states.ts';
import { cellValues } from '../../engine/equity.ts';
import { factorsOfGroup, joinedFactors, statesOfGroup } from '../../engine/groups.ts';
import { type Belief, factorsUnder, openingRungs } from '../../engine/ladder.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readMovement } from '../../ledger/steps/movement.ts';
import { appraise } from '../../ledger/steps/value.ts';
import type { PurchaseWindow } from '../../models/model.ts';
import { chosenOf, type Fitted, holding, horizonOf, ofGroup } from '../fit.ts';
import { momentsOf, valuedOf } from '../intervals.ts';
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
): Promise<{ moved: Moved; population: Population }> {
  const { from, to } = period;
  const { digits, spendFrom, opportunity } = after.settings;
  const repricing = before.openingMargins !== after.openingMargins;
  const fills = before.settings.spend.fillsMeans || after.settings.spend.fillsMeans;
  const by = ({ openingMargins }: DatedSettings) =>
    [from, to].map((asOf) => ({ asOf, spendFrom, fillMeans: fills, opportunity, openingMargins }));
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
    return { fitted, groups: fitted.groups };
  };
  const opening = await base(early, 'opening', before);
  const closing = await base(late, 'closing', heldFrom(opening, after));
  const groups = lateRepriced ? await spendAt(ledger, lateRepriced, after, closing) : closing.groups;
  const valued = { ...closing, groups };

  const horizon = horizonOf(after.settings, [...opening.groups, ...closing.groups]);
  const [first, last] = [windowOf(before.settings, horizon), windowOf(after.settings, horizon)];
  const believed = byGroup(spendFrom, opening, closing);
  const updated = byGroup(spendFrom, closing, opening);
  const repriced = byGroup(spendFrom, valued, opening);
  const sameRate = before.settings.discountRate.eq(after.settings.discountRate);
  const openingRate = sameRate ? '--discount-rate' : '--from-discount-rate';
  for (const belief of [...believed.all, ...updated.all]) checkFinite(belief, first, openingRate);
  for (const belief of repriced.all) checkFinite(belief, last, '--discount-rate');
  const [then, now] = [opening.fitted.states, closing.fitted.states];
  const { rungs, expected } = rungsOf(believed, then, first, { from, days: daysBetween(period, opportunity) });
  const factorsAt = (beliefs: Beliefs, states: States, window: PurchaseWindow, asOf: Day): Factors =>
    joined(states, (own, name) => factorsUnder(dated(beliefs.of(name), asOf), own, window));
  const recast = factorsAt(repriced, then, last, from);
  const held = factorsAt(believed, now, first, to);
  const refitted = factorsAt(updated, now, first, to);
  const final = factorsAt(repriced, now, last, to);
  say('valuing customers');
  const appraised = (customers: RolledUp, name: AppraisalName, valuations: readonly Factors[]) =>
    appraise(ledger.loaded, customers.name, name, valuations, digits);
  const atOpening = await appraised(early, 'opening', earlyRepriced ? rungs : [...rungs, recast]);
  await appraised(late, 'closing', lateRepriced ? [held, refitted] : [held, refitted, final]);
  if (lateRepriced) await appraised(lateRepriced, 'repriced', [factorsAt(repriced, now, first, to), final]);
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
        { ...opening, groups: opening.groups.map((one) => dated(one, to)) },
        closing,
        { held, refitted, window: first },
        { spendFrom, fits: ledger.fits },
      ),
      horizon,
      opening: notesOf(before, opening, first),
      closing: notesOf(after, valued, last),
    },
    population: late.population,
  };
}

/** What is believed of groups of customers. */
interface Beliefs {
  readonly all: readonly Belief[];
  of(name: readonly string[]): Belief;
}

/** What is believed at a date of every group: of those that it knew nothing of, what is believed at the other date. */
function byGroup(spendFrom: Valuing['spendFrom'], ...dates: readonly [DatedFit, DatedFit]): Beliefs {
  const [own] = dates;
  return {
    all: own.groups.map((one) => beliefOf(one, spendFrom)),
    of: (name) => beliefOf(modelsOf(name, dates), spendFrom),
  };
}

/** The models of a group at the first of some dates that knows it. */
function modelsOf(name: readonly string[], dates: readonly DatedFit[]): Fitted {
  for (const { groups } of dates) {
    const own = ofGroup(groups, ({ group }) => group.name, name);
    if (own) return own;
  }
  throw new TypeError('a group that neither date knows');
}

/** How far two dates are apart: of occasions, as many as end between them, each of its length on average. */
function daysBetween({ from, to }: Period, opportunity: Opportunity | null): number {
  if (opportunity === null) return to - from;
  return (lastComplete(to, opportunity) - lastComplete(from, opportunity)) * opportunity.days;
}

/** Factors of states, each group by its own. */
function joined(states: States, factorsOf: (own: States, name: readonly string[]) => Factors): Factors {
  if (!states.groups) return factorsOf(states, []);
  return joinedFactors(
    states,
    states.groups.map((group) => factorsOf(statesOfGroup(states, group), group.name)),
  );
}

/** See `openingRungs`; each group by what is believed of it. */
function rungsOf(
  beliefs: Beliefs,
  states: States,
  window: PurchaseWindow,
  { from, days }: { readonly from: Day; readonly days: number },
): ReturnType<typeof openingRungs> {
  const rungs = (name: readonly string[], own: States) =>
    openingRungs(dated(beliefs.of(name), from), own, window, days);
  if (!states.groups) return rungs([], states);
  const parts = states.groups.map((group) => rungs(group.name, statesOfGroup(states, group)));
  return {
    rungs: parts[0]!.rungs.map((_, i) =>
      joinedFactors(
        states,
        parts.map(({ rungs }) => rungs[i]!),
      ),
    ),
    expected: joinedFactors(
      states,
      parts.map(({ expected }) => expected),
    ),
  };
}

function beliefOf({ model, fit, spend }: Fitted, spendFrom: Valuing['spendFrom']): Belief {
  return {
    model,
    parameters: fit.parameters,
    credibility: (purchases) => spend.model.credibility(purchases, spend.fit.parameters),
    spendFrom,
  };
}

/** What is believed of customers as they are on another day. */
function dated<T extends Pick<Fitted, 'model' | 'general'>>(belief: T, asOf: Day): T {
  const { model, general } = belief;
  if (!model.clocked) return belief;
  return { ...belief, model: model.clocked.dated(asOf), ...(general && { general: general.clocked!.dated(asOf) }) };
}

/** The settings of the closing, with what was chosen for the opening where the model is chosen: both dates are valued alike. */
function heldFrom({ groups }: DatedFit, after: DatedSettings): DatedSettings {
  const { settings } = after;
  if (!settings.model.whenOne || settings.saved || settings.held) return after;
  return { ...after, settings: holding(settings, chosenOf(groups)) };
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
 * the variances of the equity under both subtract; groups are independent of each other. Null where that has no meaning.
 */
function changeError(
  opening: DatedFit,
  closing: DatedFit,
  { held, refitted, window }: { readonly held: Factors; readonly refitted: Factors; readonly window: PurchaseWindow },
  { spendFrom, fits }: { readonly spendFrom: Valuing['spendFrom']; readonly fits: KeptFits | null },
): number | null {
  if (opening.fitted.source !== null || closing.fitted.source !== null) return null;
  if ([...opening.groups, ...closing.groups].some(({ pooled }) => pooled)) return null;
  const { states } = closing.fitted;
  const variance = (dates: readonly DatedFit[], factors: Factors): number =>
    closing.groups.reduce((sum, { group }) => {
      const own = { ...modelsOf(group.name, dates), group };
      const part = states.groups ? factorsOfGroup(factors, group) : factors;
      const moments = momentsOf(fits, valuedOf(closing.fitted, own, part, window, spendFrom), own);
      return sum + (moments?.totalVariance ?? Number.NaN);
    }, 0);
  const [before, after] = [variance([opening, closing], held), variance([closing], refitted)];
  return before > after ? Math.sqrt(before - after) : null;
}
