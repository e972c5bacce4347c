import type { Cells, SpendStates, States } from '../base/states.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SpendEstimate } from '../models/gamma-gamma.ts';
import type { BuyingModel, Estimate } from '../models/model.ts';
import type { SpendModel } from '../models/spend.ts';
import { readModel } from './saved-model.ts';
import type { Settings } from './settings.ts';

/** The customers of a rolled-up ledger as states, and the models fitted to them or taken from a file. */
export interface Fitted {
  readonly states: States;
  readonly spendStates: SpendStates;
  readonly cells: Cells;
  readonly model: BuyingModel;
  readonly fit: Estimate;
  readonly spend: { readonly model: SpendModel; readonly fit: SpendEstimate };
  /** Where the parameters come from, when they were not fitted to these data. */
  readonly source: string | null;
}

/** @throws ClvError E301–E304 where the data do not suffice; E26x for a model file */
export async function fitModels(ledger: Ledger, settings: Settings): Promise<Fitted> {
  const { states, cells } = await ledger.states();
  const spendStates = await ledger.spendStates();
  if (settings.useModel !== undefined)
    return { states, spendStates, cells, ...(await readModel(settings.useModel, states, spendStates)) };
  const { model, spend } = settings;
  const fit = model.fit(states);
  return { states, spendStates, cells, model, fit, spend: { model: spend, fit: spend.fit(spendStates) }, source: null };
}
