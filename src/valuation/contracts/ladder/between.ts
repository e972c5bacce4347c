import { type Day, isoOf } from '../../../base/calendar.ts';
import { ClvError } from '../../../base/errors.ts';
import { messageText } from '../../../base/message-text.ts';
import type { ContractCells, Contracts } from '../../../data/contracts.ts';
import type { Population } from '../../../data/customers.ts';
import type { Period } from '../../../data/movement.ts';
import type { ExpectedRungs } from '../../../engine/contracts/expected.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { MovedBetween } from '../../ladder/found.ts';
import type { Say } from '../../valuing.ts';
import { type ContractsValuation, valueByFit } from '../by-fit.ts';
import type { ContractReading } from '../subscribers.ts';
import { Beliefs, longestOf, type SettingsOf, termsBy, unknownLength } from './beliefs.ts';
import { type Appraisal, movementOf } from './movement.ts';
import { type Moves, readMoves } from './moves.ts';

/** How subscriptions are read and valued at a date. */
export interface DatedContracts {
  readonly reading: ContractReading;
  readonly settingsOf: SettingsOf;
}

/** What happened to subscriptions between two dates. */
export interface ContractsMoved extends MovedBetween {
  readonly opening: ContractsValuation;
  readonly closing: ContractsValuation;
  /** Those of the closing. */
  readonly contracts: Contracts;
}

/**
 * How the equity of subscriptions moved between two dates: roll up both → read payments as of both → fit → value the rungs →
 * compare subscription by subscription. Each is valued as `clv compute --contract` values it.
 * @param check refuses payments that do not fit their lengths
 * @throws ClvError E121, E308 where the subscriptions of a date cannot be valued, E318–E320, E324
 */
export async function compareSubscriptions(
  ledger: Ledger,
  period: Period,
  {
    opening,
    closing,
    check,
  }: {
    readonly opening: DatedContracts;
    readonly closing: DatedContracts;
    readonly check: (contracts: Contracts) => void;
  },
  say: Say = () => {},
): Promise<{ readonly moved: ContractsMoved; readonly population: Population }> {
  const { from, to } = period;
  say('rolling up customers');
  await ledger.rollUp({ asOf: from, spendFrom: 'all', fillMeans: false }, 'opening');
  const population = await ledger.rollUp({ asOf: to, spendFrom: 'all', fillMeans: false }, 'closing');
  say('reading payments as terms');
  const moves = await readMoves(ledger.loaded, period, {
    opening: opening.reading,
    closing: closing.reading,
  });
  check(moves.closing);
  say('fitting the models');
  const before = valuedAt(from, moves.opening.cells, opening, 'give a later --from');
  const after = valuedAt(to, moves.closing.cells, closing, 'use dates with more customers before them');
  say('valuing customers');
  const rungs = new Rungs(moves, { before, after }, { opening, closing }, from);
  const moved: ContractsMoved = {
    period,
    movement: movementOf(moves, rungs),
    expectedActive: { opening: before.alive, closing: after.alive },
    recast: rungs.recast(),
    expectedMargin: rungs.expectedMargin(),
    modelChangeError: null,
    opening: before,
    closing: after,
    contracts: moves.closing,
  };
  return { moved, population };
}

/** E308 where the subscriptions of a date cannot be valued. */
function valuedAt(asOf: Day, cells: ContractCells, { settingsOf }: DatedContracts, remedy: string): ContractsValuation {
  try {
    return valueByFit(cells, settingsOf);
  } catch (error) {
    if (!(error instanceof ClvError) || !error.code.startsWith('E3') || error.code === 'E313') throw error;
    const lengths = [...new Set(cells.fits.map(({ length }) => length.text))];
    const rates = lengths.map((length) => `${length}=80%`).join(',');
    throw new ClvError('E308', {
      date: isoOf(asOf),
      which: '',
      reason: messageText(error.code, error.values),
      code: error.code,
      remedy: `${remedy}, or say what share stays a year: --retention ${rates}, say`,
    });
  }
}

/** What the subscriptions of both dates are worth at each rung. */
class Rungs implements Appraisal {
  readonly #moves: Moves;
  readonly #before: ContractsValuation;
  readonly #believed: Beliefs;
  readonly #actual: readonly BigInt64Array[];
  readonly #recast: BigInt64Array;
  readonly #expected = new Map<string, ExpectedRungs | null>();

  constructor(
    moves: Moves,
    { before, after }: { readonly before: ContractsValuation; readonly after: ContractsValuation },
    { opening, closing }: { readonly opening: DatedContracts; readonly closing: DatedContracts },
    from: Day,
  ) {
    const longest = longestOf(moves.opening, moves.closing) + longestDue(moves);
    const believed = termsBy(before, opening.settingsOf, unknownLength(isoOf(from)));
    const updated = new Beliefs(termsBy(after, opening.settingsOf, believed), longest);
    this.#moves = moves;
    this.#before = before;
    this.#believed = new Beliefs(believed, longest);
    const { cells } = moves.closing;
    const sameRate = after.fits.every(({ fit, settings }) =>
      settings.discountRate.eq(opening.settingsOf(fit).discountRate),
    );
    const refitted = sameRate ? after.worth.clv : updated.values(cells);
    this.#actual = [this.#believed.values(cells), refitted, refitted, after.worth.clv];
    this.#recast = new Beliefs(termsBy(after, closing.settingsOf, believed), longest).values(moves.opening.cells);
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
