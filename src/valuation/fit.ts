import { ClvError } from '../base/errors.ts';
import type { RollUpName } from '../data/movement.ts';
import type { Cells, Group, SpendStates, States } from '../data/states.ts';
import { pooledSpend, pooledStates, spendOfGroup, statesOfGroup } from '../engine/groups.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { BuyingModel, Estimate } from '../models/model.ts';
import type { SpendEstimate } from '../models/spend/gamma-gamma.ts';
import type { SpendModel } from '../models/spend/spend.ts';
import { reuse } from './saved-model.ts';
import type { Valuing } from './valuing.ts';

/** The models of one group of customers: fitted to it, or taken from a file. */
export interface Fitted {
  readonly group: Group;
  readonly fit: Estimate;
  readonly spend: { readonly model: SpendModel; readonly fit: SpendEstimate };
  /** True for a group too small for models of its own: these are those of all customers. */
  readonly pooled: boolean;
}

/** The customers of a rolled-up ledger as states, and their models. */
export interface FittedCustomers {
  readonly states: States;
  readonly spendStates: SpendStates;
  readonly cells: Cells;
  readonly model: BuyingModel;
  /** One, of all customers, unless they were loaded by groups. */
  readonly groups: readonly Fitted[];
  /** Where the parameters come from, when they were not fitted to these data. */
  readonly source: string | null;
}

/**
 * @param pool whether a group that cannot be fitted takes the models of all customers
 * @param customersOf the roll-up, that of the valuation when absent
 * @throws ClvError E301–E304 where the data do not suffice, E306 where those of a group do not; E261, E262 for a model file,
 * E309 where there is nobody to value by it
 */
export async function fitModels(
  ledger: Ledger,
  settings: Valuing,
  pool = false,
  customersOf?: RollUpName,
): Promise<FittedCustomers> {
  const { states, cells } = await ledger.states(customersOf);
  const spendStates = await ledger.spendStates(customersOf);
  const customers = { states, spendStates, cells };
  const all = { name: [], start: 0, end: states.length };
  if (settings.saved !== null) {
    if (states.length === 0) throw new ClvError('E309');
    const { model, source, ...fitted } = reuse(settings.saved, states, spendStates);
    return { ...customers, model, source, groups: [{ group: all, pooled: false, ...fitted }] };
  }
  const groups = states.groups
    ? fitGroups(settings, states, spendStates, pool)
    : [{ group: all, pooled: false, ...fitTo(settings, states, spendStates) }];
  return { ...customers, model: settings.model, source: null, groups };
}

function fitGroups(settings: Valuing, states: States, spendStates: SpendStates, pool: boolean): Fitted[] {
  let all: Pick<Fitted, 'fit' | 'spend'> | null = null;
  return states.groups!.map((group) => {
    try {
      const own = fitTo(settings, statesOfGroup(states, group), spendOfGroup(spendStates, group));
      return { group, pooled: false, ...own };
    } catch (error) {
      if (!(error instanceof ClvError)) throw error;
      if (!pool)
        throw new ClvError('E306', { group: group.name.join(' · '), model: settings.model.name, code: error.code });
      all ??= fitTo(settings, pooledStates(states), pooledSpend(spendStates));
      return { group, pooled: true, ...all };
    }
  });
}

function fitTo({ model, spend }: Valuing, states: States, spendStates: SpendStates): Pick<Fitted, 'fit' | 'spend'> {
  return { fit: model.fit(states), spend: { model: spend, fit: spend.fit(spendStates) } };
}
