import type { Day } from '../base/calendar.ts';
import { ClvError } from '../base/errors.ts';
import type { Horizon } from '../base/units.ts';
import type { KeptFits } from '../data/books/kept-fits.ts';
import type { DailyPurchases } from '../data/customers.ts';
import type { RollUpName } from '../data/movement.ts';
import type { SavedModel } from '../data/saved-model.ts';
import type { Cells, Group, SpendStates, States } from '../data/states.ts';
import { pooledSpend, pooledStates, spendOfGroup, statesOfGroup, withGaps } from '../engine/groups.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { BuyingModel, Estimate } from '../models/model.ts';
import type { SpendEstimate } from '../models/spend/estimate.ts';
import type { SpendModel } from '../models/spend/spend.ts';
import { fitSpend } from './kept.ts';
import { modelsOf, reuse } from './saved-model.ts';
import { buyingFitter, seasonOf, timelessOf } from './season.ts';
import type { Valuing } from './valuing.ts';

/** The models of one group of customers: fitted to it, or taken from a file. */
export interface Fitted {
  readonly group: Group;
  /** The model that was asked for, or the limit that it tends to. */
  readonly model: BuyingModel;
  /** The model that was asked for, where the fitted one is its limit. */
  readonly general?: BuyingModel | undefined;
  readonly fit: Estimate;
  readonly spend: { readonly model: SpendModel; readonly fit: SpendEstimate };
  /** True for a group too small for models of its own: these are those of all customers. */
  readonly pooled: boolean;
}

/** The model that customers were valued by, or the one that it is a limit of, and whether it ran on the clock of the months. */
function chosenModel({ model, general }: Pick<Fitted, 'model' | 'general'>): Pick<Valuing, 'model' | 'season'> {
  const asked = general ?? model;
  return { model: timelessOf(asked), season: asked.clocked ? 'month' : 'none' };
}

/** The settings with what was chosen for some customers in place of a choice: others are valued alike. */
export function holding<S extends Valuing>(
  settings: S,
  chosen: readonly (Pick<Valuing, 'model' | 'season'> & { readonly name: readonly string[] })[],
): S {
  const { model, season } = chosen[0]!;
  const alike = chosen.every((one) => one.model.name === model.name);
  return alike ? { ...settings, model, season } : { ...settings, season, held: chosen };
}

/** What was chosen for each of some groups. */
export function chosenOf(groups: readonly Pick<Fitted, 'group' | 'model' | 'general'>[]) {
  return groups.map((one) => ({ name: one.group.name, ...chosenModel(one) }));
}

/** The one of some things that is of a group of that name, or of all customers. */
export function ofGroup<T>(
  things: readonly T[],
  nameOf: (thing: T) => readonly string[],
  name: readonly string[],
): T | undefined {
  return things.find((thing) => nameOf(thing).every((value, i) => value === name[i]));
}

/** What customers spend, as it was read and fitted while they were rolled up. */
export interface SpendRead {
  readonly states: SpendStates;
  readonly fitted: Fitted['spend'];
}

/** How models are fitted. */
interface Fitting {
  /** Whether a group that cannot be fitted takes the models of all customers. */
  readonly pool?: boolean;
  /** The roll-up, that of the valuation when absent. */
  readonly customersOf?: RollUpName;
  /** The spend of the roll-up, where it is known; it is neither read nor fitted again. */
  readonly spend?: SpendRead | null;
}

/** The customers of a rolled-up ledger as states, and their models. */
export interface FittedCustomers {
  readonly states: States;
  readonly spendStates: SpendStates;
  readonly cells: Cells;
  /** What a clock is learned from; null where there is none. */
  readonly daily: DailyPurchases | null;
  /** The horizon asked for, or that of customers who never stop. */
  readonly horizon: Horizon;
  /** One, of all customers, unless they were loaded by groups. */
  readonly groups: readonly Fitted[];
  /** Where the parameters come from, when they were not fitted to these data. */
  readonly source: string | null;
}

/**
 * A model whose likelihood is highest at an edge of its parameters is valued by its limit there.
 * @throws ClvError E301–E304 where the data do not suffice, E313 a lifetime of customers who never stop, E306 where those of a group do not; E261, E262 for a model file,
 * E309 where there is nobody to value by it
 */
export async function fitModels(
  ledger: Ledger,
  settings: Valuing,
  { pool = false, customersOf, spend = null }: Fitting = {},
): Promise<FittedCustomers> {
  const { states: rolled, cells } = await ledger.states(customersOf);
  const model = settings.saved ? modelsOf(settings.saved, settings.saved.file).model : settings.model;
  const states = model.needsGaps ? withGaps(rolled, await ledger.gaps(customersOf)) : rolled;
  const daily = await seasonOf(ledger, settings.season, customersOf);
  const spendStates = spend?.states ?? (await ledger.spendStates(customersOf));
  const customers = { states, spendStates, cells, daily };
  const all = { name: [], start: 0, end: states.length };
  if (settings.saved !== null) {
    if (states.length === 0) throw new ClvError('E309');
    const groups = savedGroups(settings.saved, { states, spendStates, all, asOf: daily?.asOf ?? null });
    return { ...customers, source: settings.saved.file, groups, horizon: horizonOf(settings, groups) };
  }
  const to = fittingTo(settings, states, daily, { fits: ledger.fits, known: spend });
  const groups = states.groups
    ? fitGroups(settings, states, spendStates, pool, to)
    : [{ group: all, pooled: false, ...to(states, spendStates) }];
  return { ...customers, source: null, groups, horizon: horizonOf(settings, groups) };
}

/** Saved models: those of all customers, or of every group that was known, whether it has any here or not. */
function savedGroups(
  saved: SavedModel,
  {
    states,
    spendStates,
    all,
    asOf,
  }: {
    readonly states: States;
    readonly spendStates: SpendStates;
    readonly all: Group;
    readonly asOf: Day | null;
  },
): Fitted[] {
  const fitOf = (own: SavedModel, group: Group, pooled: boolean, of: States, spendOf: SpendStates): Fitted => {
    const { model, fit, spend } = reuse(own, of, spendOf, asOf);
    return { group, pooled, model, fit, spend };
  };
  if (saved.groups.length === 0) return [fitOf(saved, all, false, states, spendStates)];
  if (!states.groups) throw new TypeError('models of groups for customers who are not told apart by group');
  const known = states.groups;
  return saved.groups.map(({ name, pooled, own }) => {
    const group = ofGroup(known, (one) => one.name, name) ?? { name, start: 0, end: 0 };
    return fitOf(own, group, pooled, statesOfGroup(states, group), spendOfGroup(spendStates, group));
  });
}

function fitGroups(
  settings: Valuing,
  states: States,
  spendStates: SpendStates,
  pool: boolean,
  to: ReturnType<typeof fittingTo>,
): Fitted[] {
  let all: ReturnType<ReturnType<typeof fittingTo>> | null = null;
  return states.groups!.map((group) => {
    const held = settings.held && ofGroup(settings.held, ({ name }) => name, group.name)?.model;
    try {
      const own = to(statesOfGroup(states, group), spendOfGroup(spendStates, group), held);
      return { group, pooled: false, ...own };
    } catch (error) {
      if (!(error instanceof ClvError)) throw error;
      if (!pool)
        throw new ClvError('E306', { group: group.name.join(' · '), model: settings.model.name, code: error.code });
      all ??= to(pooledStates(states), pooledSpend(spendStates), held);
      return { group, pooled: true, ...all };
    }
  });
}

/** Fits the models to customers: all of them, or a group of them on the clock of all. @param known their spend, where it is fitted */
function fittingTo(
  { model, spend }: Valuing,
  all: States,
  daily: DailyPurchases | null,
  { fits, known }: { readonly fits: KeptFits | null; readonly known: SpendRead | null },
) {
  const buying = buyingFitter(model, all, daily, fits);
  return (
    states: States,
    spendStates: SpendStates,
    own?: BuyingModel,
  ): Pick<Fitted, 'model' | 'general' | 'fit' | 'spend'> => ({
    ...buying(states, own),
    spend: known?.states === spendStates ? known.fitted : fitSpend(fits, spend, spendStates),
  });
}

/** The horizon asked for. Customers who never stop have no lifetime: E313, or the span that was agreed on for them. */
export function horizonOf({ horizon }: Valuing, groups: readonly Pick<Fitted, 'model'>[]): Horizon {
  const endless = groups.find(({ model }) => model.unending)?.model;
  if (!endless || horizon.days !== null) return horizon;
  if (horizon.otherwise) return horizon.otherwise;
  throw new ClvError('E313', { model: endless.name, takes: endless.takes ?? '' });
}
