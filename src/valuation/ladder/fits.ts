import type { Day } from '../../base/calendar.ts';
import type { Population } from '../../data/customers.ts';
import type { RollUpName } from '../../data/movement.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { FittedCustomers } from '../fit.ts';
import type { Say, Valuing } from '../valuing.ts';

/** As of which day customers are rolled up, and how. */
type RollUpPlan = Parameters<Ledger['rollUp']>[0];

/** Customers as of a day, and the table that has them. */
export interface RolledUp {
  readonly name: RollUpName;
  readonly plan: RollUpPlan & { readonly asOf: Day; readonly openingMargins: boolean };
  readonly population: Population;
}

/** As many as a comparison needs at once. A table keeps its name when its date, the closing of a period, is the opening of the next. */
const NAMES = ['opening', 'closing', 'opening_repriced', 'closing_repriced'] as const;

/** What comparisons of the dates of one ledger share: the fits, and the roll-ups that still stand. */
export class Fits {
  readonly #rolled = new Map<RollUpName, RolledUp>();
  readonly #fits = new Map<string, FittedCustomers>();

  /** Takes over customers that were rolled up and fitted before; their table is not written again. */
  know(rolled: RolledUp, settings: Pick<Valuing, 'saved'>, fitted: FittedCustomers): void {
    this.#rolled.set(rolled.name, rolled);
    this.#fits.set(fitKey(rolled, settings), fitted);
  }

  /** The roll-ups of some plans, each once: those that stand, and the others in place of what is not among them. */
  async rollUps(ledger: Ledger, plans: readonly RolledUp['plan'][], say: Say): Promise<readonly RolledUp[]> {
    const known = plans.map((plan) => this.#standing(plan));
    const free = NAMES.filter((name) => !known.some((one) => one?.name === name));
    const found: RolledUp[] = [];
    for (const [i, plan] of plans.entries()) {
      const standing = known[i] ?? this.#standing(plan, found);
      if (standing) found.push(standing);
      else {
        say('rolling up customers');
        const name = free.shift()!;
        const rolled = { name, plan, population: await ledger.rollUp(plan, name) };
        this.#rolled.set(name, rolled);
        found.push(rolled);
      }
    }
    return found;
  }

  #standing(plan: RollUpPlan, among: Iterable<RolledUp> = this.#rolled.values()): RolledUp | undefined {
    return [...among].find((rolled) => JSON.stringify(rolled.plan) === JSON.stringify(plan));
  }

  /** The fit of customers by a basis, which is made where it is not known. */
  async of(
    rolled: RolledUp,
    settings: Pick<Valuing, 'saved'>,
    make: () => Promise<FittedCustomers>,
  ): Promise<FittedCustomers> {
    const key = fitKey(rolled, settings);
    const fitted = this.#fits.get(key) ?? (await make());
    this.#fits.set(key, fitted);
    return fitted;
  }
}

function fitKey({ plan: { asOf, openingMargins } }: RolledUp, { saved }: Pick<Valuing, 'saved'>): string {
  return [asOf, openingMargins, saved?.file].join(' ');
}
