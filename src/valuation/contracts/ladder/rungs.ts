import { type Day, isoOf } from '../../../base/calendar.ts';
import type { ExpectedRungs } from '../../../engine/contracts/expected.ts';
import type { ContractsValuation } from '../by-fit.ts';
import type { ContractReading } from '../subscribers.ts';
import { isBySegment } from '../terms.ts';
import { Beliefs, longestOf, type SettingsOf, type TermsOf, termsBy, unknownFit } from './beliefs.ts';
import type { Appraisal } from './movement.ts';
import type { Moves } from './moves.ts';

/** How subscriptions are read and valued at a date. */
export interface DatedContracts {
  readonly reading: ContractReading;
  readonly settingsOf: SettingsOf;
}

/** What the subscriptions of both dates are worth at each rung. */
export class Rungs implements Appraisal {
  readonly #moves: Moves;
  readonly #before: ContractsValuation;
  readonly #believed: Beliefs;
  readonly #actual: readonly BigInt64Array[];
  readonly #recast: BigInt64Array;
  readonly #expected = new Map<string, ExpectedRungs | null>();

  /**
   * @param from the opening, for errors
   * @param reported whether the opening was reported: what nothing was known of then is believed as now. E121, E326.
   */
  constructor(
    moves: Moves,
    { before, after }: { readonly before: ContractsValuation; readonly after: ContractsValuation },
    { opening, closing }: { readonly opening: DatedContracts; readonly closing: DatedContracts },
    from: Day,
    reported: boolean,
  ) {
    const longest = longestOf(moves.opening, moves.closing) + longestDue(moves);
    const bySegment = [before, after].some(({ fits }) => fits.some(({ settings }) => isBySegment(settings)));
    const beliefs = (termsOf: TermsOf): Beliefs => new Beliefs(termsOf, bySegment, longest);
    const unknown = unknownFit(isoOf(from));
    const fresh = reported ? termsBy(after, opening.settingsOf, unknown) : unknown;
    const believed = termsBy(before, opening.settingsOf, fresh);
    const updated = beliefs(termsBy(after, opening.settingsOf, believed));
    this.#moves = moves;
    this.#before = before;
    this.#believed = beliefs(believed);
    const { cells } = moves.closing;
    const sameRate = after.fits.every(({ fit, settings }) =>
      settings.discountRate.eq(opening.settingsOf(fit).discountRate),
    );
    const refitted = sameRate ? after.worth.clv : updated.values(cells);
    this.#actual = [this.#believed.values(cells), refitted, refitted, after.worth.clv];
    this.#recast = beliefs(termsBy(after, closing.settingsOf, believed)).values(moves.opening.cells);
  }

  expected(cell: number, due: number): readonly bigint[] {
    const value = this.#before.worth.clv[cell]!;
    if (due === 0) return [value, value, value, value];
    const rungs = this.#after(cell, due);
    return rungs ? [value, rungs.accrued, rungs.ahead, rungs.rolled] : [0n, 0n, 0n, 0n];
  }

  actual(cell: number): readonly bigint[] {
    return this.#actual.map((values) => values[cell]!);
  }

  recast(): bigint {
    const { count } = this.#moves.opening.cells;
    return this.#recast.reduce((sum, value, i) => sum + value * BigInt(count[i]!), 0n);
  }

  expectedMargin(): number {
    return this.#moves.customers.reduce(
      (all, { subscriptions }) =>
        subscriptions.reduce((sum, { before, due }) => {
          const rungs = before < 0 || due === 0 ? null : this.#after(before, due);
          return rungs ? sum + rungs.margin.toNumber() : sum;
        }, all),
      0,
    );
  }

  #after(cell: number, due: number): ExpectedRungs | null {
    const key = `${cell} ${due}`;
    const known = this.#expected.get(key);
    if (known !== undefined) return known;
    const rungs = this.#believed.after(this.#moves.opening.cells, cell, due);
    this.#expected.set(key, rungs);
    return rungs;
  }
}

function longestDue({ customers }: Moves): number {
  return customers.reduce(
    (most, { subscriptions }) => subscriptions.reduce((all, { due }) => Math.max(all, due), most),
    0,
  );
}
