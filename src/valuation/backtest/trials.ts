import { ClvError } from '../../base/errors.ts';
import { messageText } from '../../base/message-text.ts';
import type { KeptFits } from '../../data/books/kept-fits.ts';
import type { DailyPurchases } from '../../data/customers.ts';
import type { Holdout } from '../../data/holdout.ts';
import type { Cells, States } from '../../data/states.ts';
import { type SpendFactors, spendFactors } from '../../engine/factors.ts';
import { withGaps } from '../../engine/groups.ts';
import { predictHoldout } from '../../engine/holdout.ts';
import { accuracyOf } from '../../engine/holdout-accuracy.ts';
import { conditionalOf, frequenciesDone, frequenciesSeen, MOST_FREQUENT } from '../../engine/holdout-conditional.ts';
import { decilesOf } from '../../engine/holdout-deciles.ts';
import { standingBy } from '../../engine/standing.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { BuyingModel } from '../../models/model.ts';
import { regularModel } from '../../models/regularity.ts';
import { totalsOf } from '../../models/states.ts';
import type { Fitted, SpendRead } from '../fit.ts';
import type { ModelError } from '../found.ts';
import { fitSpend } from '../kept.ts';
import { modelErrorOf, originsOf } from '../model-error.ts';
import { modelFailure } from '../model-failure.ts';
import { reuse } from '../saved-model.ts';
import { buyingFitter, seasonOf, timelessOf } from '../season.ts';
import { buyingNote, spendNote } from '../value.ts';
import type { Say, Valuing } from '../valuing.ts';
import type { Backtest, Failed, Trial } from './found.ts';
import type { HeldOut } from './rolling.ts';

/** The customers as they were before the holdout, what they did in it, and how their spend is judged. */
interface Known {
  readonly states: States;
  readonly cells: Cells;
  readonly holdout: Holdout;
  readonly spend: SpendFactors | null;
}

/**
 * Fits every model to the customers of a rolled-up ledger, or takes the one of `--use-model`, and holds its predictions
 * against what happened.
 * @returns at least one model that fits
 * @throws ClvError the first failure where no model fits; E26x for a model file
 */
export async function tryModels(
  ledger: Ledger,
  settings: Valuing,
  models: readonly BuyingModel[],
  heldOut: HeldOut,
  say?: Say,
): Promise<Backtest> {
  const { failure, ...backtest } = await modelsTried(ledger, settings, models, heldOut, say);
  if (failure) throw failure;
  return backtest;
}

/** As `tryModels`, with the first failure where no model fits. @param known what the customers spend, where that is fitted @throws ClvError E26x for a model file */
export async function modelsTried(
  ledger: Ledger,
  settings: Valuing,
  models: readonly BuyingModel[],
  { asOf, until }: HeldOut,
  say: Say = () => {},
  known: SpendRead | null = null,
): Promise<Backtest & { readonly failure: ClvError | null }> {
  const origins = await originsOf(ledger, settings, asOf);
  const { states: rolled, cells } = await ledger.states();
  const needsGaps = [settings.model, ...models].some((model) => model.needsGaps);
  const states = needsGaps ? withGaps(rolled, await ledger.gaps()) : rolled;
  const daily = await seasonOf(ledger, settings.season);
  const spendStates = known?.states ?? (await ledger.spendStates());
  say('looking at the holdout');
  const holdout = await ledger.holdout(asOf, until);
  say('fitting the models');
  const saved = settings.saved && reuse(settings.saved, states, spendStates, asOf);
  const spend = saved?.spend ?? known?.fitted ?? attempt(() => fitSpend(ledger.fits, settings.spend, spendStates));
  const failed = spend instanceof ClvError;
  const customers = { states, cells, holdout, spend: failed ? null : spendOf(states, spend, settings) };
  const fits = saved
    ? [{ asked: saved.model, fitting: saved }]
    : models.map((model) => fitted(model, states, daily, ledger.fits));
  const failures = fits.flatMap(({ fitting }) => (fitting instanceof ClvError ? [fitting] : []));
  return {
    trials: fits.map(({ asked, fitting }) =>
      trialOf(customers, settings, asked, fitting, saved?.source ?? null, (of) =>
        modelErrorOf(origins, settings, of, daily, ledger.fits),
      ),
    ),
    holdout,
    spend: failed ? null : spendNote(settings, spend),
    spendFailure: failed ? errorOf(spend) : null,
    failure: failures.length === fits.length ? failures[0]! : null,
  };
}

/** A model whose k is to be found is told by the one that is found. */
function fitted(model: BuyingModel, states: States, daily: DailyPurchases | null, fits: KeptFits | null) {
  const fitting = attempt(() => buyingFitter(model, states, daily, fits)(states));
  if (!(fitting instanceof ClvError)) return { asked: timelessOf(fitting.general ?? fitting.model), fitting };
  const asked = attempt(() => regularModel(model, states));
  return { asked: asked instanceof ClvError ? model : asked, fitting };
}

function trialOf(
  { states, cells, holdout, spend }: Known,
  settings: Valuing,
  asked: BuyingModel,
  fitting: Pick<Fitted, 'model' | 'fit'> | ClvError,
  source: string | null,
  errorOfModel: (fitted: Pick<Fitted, 'model' | 'fit'>) => ModelError | null,
): Trial {
  const { name } = asked;
  if (fitting instanceof ClvError) return { name, error: errorOf(fitting) };
  const { model, fit } = fitting;
  const days = holdout.daily.length;
  const prediction = predictHoldout({ states, cells }, model, fit, days, spend);
  const { expected, margin } = prediction;
  const standing = standingBy(expected, states.count);
  return {
    name,
    note: { ...buyingNote({ ...settings, model: asked }, fitting), source },
    prediction,
    modelError: errorOfModel(fitting),
    accuracy: accuracyOf(states, holdout.outcomes, expected, standing),
    deciles: decilesOf(states, holdout.outcomes, expected, margin, standing),
    conditional: conditionalOf(states, holdout.outcomes, prediction),
    frequencies: {
      actual: frequenciesSeen(states),
      expected: model.frequencies(states, fit.parameters, MOST_FREQUENT),
    },
    frequenciesAhead: {
      actual: frequenciesDone(holdout.outcomes, totalsOf(states).customers),
      expected: model.frequenciesAhead?.(states, fit.parameters, prediction.pAlive, MOST_FREQUENT, days) ?? null,
    },
  };
}

/** Customers without a mean of their own take that of all where the model of spend has no other (`--spend mean`). */
function spendOf(states: States, { model, fit }: Fitted['spend'], { spendFrom }: Valuing): SpendFactors {
  const all = { base: model.populationMean(fit.parameters), weight: 0 };
  const credibility = (purchases: number) =>
    purchases === 0 && model.fillsMeans ? all : model.credibility(purchases, fit.parameters);
  return spendFactors(states, credibility, spendFrom);
}

/** A fit that failed is a finding here; anything else that goes wrong is not. */
function attempt<T>(work: () => T): T | ClvError {
  try {
    return work();
  } catch (error) {
    return modelFailure(error);
  }
}

function errorOf({ code, values }: ClvError): Failed['error'] {
  return { code, message: messageText(code, values) };
}
