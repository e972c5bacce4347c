import type { Day } from '../base/calendar.ts';
import type { Ground } from '../data/books/kept-fits.ts';
import type { DailyPurchases, Population } from '../data/customers.ts';
import type { Holdout } from '../data/holdout.ts';
import type { RollUpName } from '../data/movement.ts';
import type { Origin } from '../data/origin.ts';
import type { Cells, Gaps, SpendStates, States } from '../data/states.ts';
import type { ColumnsBeside, Kept } from './kept-columns.ts';
import { digestOf } from './kept-fits.ts';
import type { RollUpPlan } from './plan.ts';
import { readDaily } from './steps/daily.ts';
import { readGaps } from './steps/gaps.ts';
import { readHoldout } from './steps/holdout.ts';
import { readOrigins } from './steps/origins.ts';
import { rolledUpTo, rollUp } from './steps/roll-up.ts';
import { readSpendStates, readStates } from './steps/states.ts';
import type { Loaded } from './store.ts';

/**
 * The roll-ups of what was loaded, and what valuations ask of them. Of a book it is kept where the transactions, one rate of
 * margin and the plan of the roll-up are all that it depends on.
 */
export class RollUps {
  readonly #loaded: Loaded;
  readonly #columns: ColumnsBeside | null;
  readonly #identity: readonly Ground[];
  /** Under which key each roll-up is kept. */
  readonly #keys = new Map<RollUpName, string>();

  /** @param columns those that are kept @param identity what tells the transactions from all others */
  constructor(loaded: Loaded, columns: ColumnsBeside | null, identity: readonly Ground[]) {
    this.#loaded = loaded;
    this.#columns = loaded.summed === null ? null : columns;
    this.#identity = identity;
  }

  async rollUp(plan: RollUpPlan, name: RollUpName): Promise<Population> {
    this.#keys.set(name, this.#keyOf(plan));
    const known = this.#columns?.find(this.#of(name, 'population')) as Population | undefined;
    const population = await rollUp(this.#loaded, plan, name, known ?? null);
    if (!known) this.#columns?.keep(this.#of(name, 'population'), population as unknown as Kept);
    return population;
  }

  states(name: RollUpName): Promise<{ readonly states: States; readonly cells: Cells }> {
    return this.#keptOr(this.#of(name, 'states'), () => readStates(this.#loaded, name));
  }

  spendStates(name: RollUpName): Promise<SpendStates> {
    return this.#keptOr(this.#of(name, 'spend'), () => readSpendStates(this.#loaded, name));
  }

  /** See readGaps. */
  gaps(name: RollUpName): Promise<readonly Gaps[]> {
    return this.#keptOr(this.#of(name, 'gaps'), () => readGaps(this.#loaded, name));
  }

  /** See readDaily. */
  daily(name: RollUpName): Promise<DailyPurchases | null> {
    return this.#keptOr(this.#of(name, 'daily'), () => readDaily(this.#loaded, name));
  }

  /** See readHoldout. */
  holdout(after: Day, until: Day): Promise<Holdout> {
    return this.#keptOr(this.#of('customers', 'holdout', after, until), () => readHoldout(this.#loaded, after, until));
  }

  /** See readOrigins. */
  origins(origins: readonly Day[], days: number): Promise<readonly Origin[]> {
    const key = digestOf([this.#identity, 'origins', origins, days]);
    return this.#keptOr(key, () => readOrigins(this.#loaded, origins, days));
  }

  /** @param read what is kept: plain data with columns of numbers */
  async #keptOr<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#columns?.find(key);
    if (known !== undefined) return known as T;
    const found = await read();
    this.#columns?.keep(key, found as Kept);
    return found;
  }

  #keyOf(asked: RollUpPlan): string {
    const { plan } = this.#loaded;
    const { rate } = asked.openingMargins ? plan.openingMargin! : plan.margin;
    const { spendFrom, fillMeans, opportunity } = asked;
    const day = rolledUpTo(this.#loaded, asked);
    return digestOf([this.#identity, rate?.toFixed(), day, spendFrom, fillMeans, opportunity?.text]);
  }

  /** The key of a part of a roll-up. */
  #of(name: RollUpName, ...what: readonly Ground[]): string {
    return digestOf([this.#keys.get(name), ...what]);
  }
}
