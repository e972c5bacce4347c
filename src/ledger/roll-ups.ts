import type { Day } from '../base/calendar.ts';
import type { Ground } from '../data/books/kept-fits.ts';
import type { DailyPurchases, Population } from '../data/customers.ts';
import type { Holdout } from '../data/holdout.ts';
import type { RollUpName } from '../data/movement.ts';
import type { Origin } from '../data/origin.ts';
import type { Cells, Gaps, SpendStates, States } from '../data/states.ts';
import type { RollUpPlan } from './plan.ts';
import { readDaily } from './steps/daily.ts';
import { readGaps } from './steps/gaps.ts';
import { readHoldout } from './steps/holdout.ts';
import { readOrigins } from './steps/origins.ts';
import { rolledUpTo, rollUp } from './steps/roll-up.ts';
import { readSpendStates, readStates } from './steps/states.ts';
import type { Loaded } from './store.ts';

/** The roll-ups of what was loaded, and what valuations ask of them: kept where that is (see Loaded). */
export class RollUps {
  readonly #loaded: Loaded;
  /** What each roll-up depends on besides the transactions and their rate of margin. */
  readonly #grounds = new Map<RollUpName, readonly Ground[]>();

  constructor(loaded: Loaded) {
    this.#loaded = loaded;
  }

  async rollUp(plan: RollUpPlan, name: RollUpName): Promise<Population> {
    this.#grounds.set(name, this.#groundsOf(plan));
    let anew = false;
    const population = await this.#kept(name, ['population'], () => {
      anew = true;
      return rollUp(this.#loaded, plan, name);
    });
    return anew ? population : rollUp(this.#loaded, plan, name, population);
  }

  states(name: RollUpName): Promise<{ readonly states: States; readonly cells: Cells }> {
    return this.#kept(name, ['states'], () => readStates(this.#loaded, name));
  }

  spendStates(name: RollUpName): Promise<SpendStates> {
    return this.#kept(name, ['spend'], () => readSpendStates(this.#loaded, name));
  }

  /** See readGaps. */
  gaps(name: RollUpName): Promise<readonly Gaps[]> {
    return this.#kept(name, ['gaps'], () => readGaps(this.#loaded, name));
  }

  /** See readDaily. */
  daily(name: RollUpName): Promise<DailyPurchases | null> {
    return this.#kept(name, ['daily'], () => readDaily(this.#loaded, name));
  }

  /** See readHoldout. */
  holdout(after: Day, until: Day): Promise<Holdout> {
    return this.#kept('customers', ['holdout', after, until], () => readHoldout(this.#loaded, after, until));
  }

  /** See readOrigins. */
  origins(origins: readonly Day[], days: number): Promise<readonly Origin[]> {
    return this.#loaded.kept(['origins', origins, days], () => readOrigins(this.#loaded, origins, days));
  }

  #kept<T>(name: RollUpName, what: readonly Ground[], read: () => Promise<T>): Promise<T> {
    return this.#loaded.kept([this.#grounds.get(name), ...what], read);
  }

  #groundsOf(asked: RollUpPlan): readonly Ground[] {
    const { spendFrom, fillMeans, opportunity, openingMargins } = asked;
    const openingRate = openingMargins ? this.#loaded.plan.openingMargin!.rate?.toFixed() : undefined;
    return [rolledUpTo(this.#loaded, asked), spendFrom, fillMeans, opportunity?.text, openingRate];
  }
}
