import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { halfEvenUnits, unitsText } from '../../base/money.ts';
import type { Settings } from '../../cli/settings.ts';
import { boundIn, type CustomerBlock, numberIn, unitsIn } from '../../data/customers.ts';
import type { Cell } from '../../data/report.ts';
import type { SpendFrom } from '../../data/states.ts';
import { type CashRows, expectations, onlyState } from '../../engine/cash-flows.ts';
import { deltaPerDay } from '../../engine/discount.ts';
import { purchasesInMean } from '../../engine/factors.ts';
import type { BuyingModel, Estimate, OneState } from '../../models/model.ts';
import type { SpendModel } from '../../models/spend/spend.ts';
import { meanText } from '../../report/customers.ts';
import type { Fitted } from '../../valuation/fit.ts';
import { type CashFlows, type ExpectedMargin, perPurchase, valueUnits } from './cash-flows.ts';

/** Whom the cash flows are of: a customer of the transactions, or a state as typed, of which less is known. */
export interface Subject extends OneState {
  readonly id: string | null;
  readonly segment: readonly string[];
  readonly firstPurchase: Day | null;
  readonly lastPurchase: Day | null;
  /** Exact: 10^-4, and margin 10^-10. */
  readonly revenue: bigint | null;
  readonly margin: bigint | null;
  /** Currency units; null where no purchase counts in it. */
  readonly mean: number | null;
  /** The mean as it is printed: rounded from the exact quotient where the margins are known. */
  readonly meanText: Cell;
  readonly pAlive: number;
  readonly dert: number;
  /** Where they are asked for. */
  readonly intervals: CustomerIntervals | null;
}

/** Both bounds in minor units; null where there is none. */
type Bounds = readonly [bigint, bigint] | null;

/** Of the CLV, and of what the customer may bring. */
export interface CustomerIntervals {
  readonly confidence: Bounds;
  readonly prediction: Bounds;
}

/** Why the expected margin per purchase is what it is. */
export interface Spending {
  /** Currency units. */
  readonly expected: number;
  /** Purchases the own mean is taken over. */
  readonly purchases: number;
  /** Of the own mean; the rest is that of the population's. */
  readonly weight: number;
  readonly populationMean: number;
  /** What stands in for an own mean where there is none. */
  readonly otherwise: 'population' | 'segment';
}

export interface Explained {
  readonly subject: Subject;
  readonly spending: Spending;
  readonly flows: CashFlows;
}

/** What customers are valued by. */
export interface CustomerTerms {
  readonly model: BuyingModel;
  readonly fit: Estimate;
  readonly spend: { readonly model: SpendModel; readonly fit: Estimate };
  /** Continuous discount rate a day. */
  readonly delta: number;
  readonly spendFrom: SpendFrom;
  readonly rows: CashRows;
  readonly digits: number;
}

/** A valued customer, the first of a block: its CLV is the one that the ledger gave it. */
export function explainedCustomer(block: CustomerBlock, terms: CustomerTerms): Explained {
  const { spend, spendFrom } = terms;
  const number = (name: string): number => numberIn(block, name, 0);
  const state = { x: number('frequency'), recency: number('recency_days'), age: number('age_days') };
  const purchases = purchasesInMean(state.x, spendFrom);
  const mean = number('mean_margin_per_purchase');
  const margin = { ...spend.model.credibility(purchases, spend.fit.parameters), mean };
  const pAlive = number('p_alive');
  return {
    subject: {
      ...state,
      id: block.id[0]!,
      segment: block.segment.map((column) => column[0]!),
      firstPurchase: number('first_purchase'),
      lastPurchase: number('last_purchase'),
      revenue: unitsIn(block, 'revenue', 0),
      margin: unitsIn(block, 'margin', 0),
      mean: purchases > 0 ? mean : null,
      meanText: meanText(block, 0, purchases, terms.digits),
      pAlive,
      dert: number('dert'),
      intervals: intervalsIn(block),
    },
    spending: spendingOf(margin, purchases, terms, spend.model.fillsMeans ? 'segment' : 'population'),
    flows: { ...terms.rows, until: untilRows(state, pAlive, terms), margin, clv: unitsIn(block, 'clv', 0) },
  };
}

/**
 * A state as typed, with the mean margin of its purchases, or null: then it spends as the population does.
 * @throws ClvError E107 where its value is not finite
 */
export function explainedState(
  state: OneState,
  mean: number | null,
  asOf: Day | null,
  terms: CustomerTerms,
): Explained {
  const { model, fit, spend, spendFrom, digits } = terms;
  const purchases = mean === null ? 0 : purchasesInMean(state.x, spendFrom);
  const populationMean = spend.model.populationMean(spend.fit.parameters);
  const margin = { ...spend.model.credibility(purchases, spend.fit.parameters), mean: mean ?? populationMean };
  const pAlive = model.pAlive(onlyState(state), fit.parameters)[0]!;
  const until = untilRows(state, pAlive, terms);
  const { discounted: dert } = until.at(-1)!;
  if (!Number.isFinite(dert)) throw new ClvError('E107', { option: '--discount-rate' });
  return {
    subject: {
      ...state,
      id: null,
      segment: [],
      firstPurchase: asOf === null ? null : asOf - state.age,
      lastPurchase: asOf === null ? null : asOf - state.age + state.recency,
      revenue: null,
      margin: null,
      mean,
      meanText: mean === null ? null : unitsText(halfEvenUnits(mean, digits), digits),
      pAlive,
      dert,
      intervals: null,
    },
    spending: spendingOf(margin, purchases, terms, 'population'),
    flows: { ...terms.rows, until, margin, clv: valueUnits(dert, margin, digits) },
  };
}

/** Null where the block has none. */
function intervalsIn(block: CustomerBlock): CustomerIntervals | null {
  const bounds = (name: string): Bounds => {
    const [low, high] = [boundIn(block, `${name}_low`, 0), boundIn(block, `${name}_high`, 0)];
    return low === null || high === null ? null : [low, high];
  };
  if (!block.columns.has('clv_interval_low')) return null;
  return { confidence: bounds('clv_interval'), prediction: bounds('prediction_interval') };
}

function untilRows(state: OneState, pAlive: number, { model, fit, delta, rows }: CustomerTerms): CashFlows['until'] {
  return expectations({ state, pAlive }, model, fit.parameters, delta, rows.ends);
}

function spendingOf(
  margin: ExpectedMargin,
  purchases: number,
  { spend }: CustomerTerms,
  otherwise: Spending['otherwise'],
): Spending {
  const populationMean = spend.model.populationMean(spend.fit.parameters);
  return { expected: perPurchase(margin), purchases, weight: margin.weight, populationMean, otherwise };
}

/** What the settings and the models of a group say of a customer's value. */
export function customerTerms(
  { model, fit, spend }: Pick<Fitted, 'model' | 'fit' | 'spend'>,
  rows: CashRows,
  { discountRate, spendFrom, digits }: Settings,
): CustomerTerms {
  return { model, fit, spend, delta: deltaPerDay(discountRate), spendFrom, rows, digits };
}
