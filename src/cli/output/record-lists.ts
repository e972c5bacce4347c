import type { Day } from '../../base/calendar.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readWithoutPurchase } from '../../ledger/steps/customers.ts';
import type { ReadOptions, Transactions } from '../../reader/transactions.ts';
import type { Settings } from '../settings.ts';
import { LeftOutFile } from './left-out-file.ts';
import { RejectsFile } from './rejects-file.ts';

/** The lists of records that `--rejects` and `--left-out` ask for: written when the records are read, even when the run fails. */
export class RecordLists {
  readonly #rejects: RejectsFile | null;
  readonly #leftOut: LeftOutFile | null;
  #finished = false;

  private constructor(rejects: RejectsFile | null, leftOut: LeftOutFile | null) {
    this.#rejects = rejects;
    this.#leftOut = leftOut;
  }

  static async open(
    { rejects, leftOut, digits }: Pick<Settings, 'rejects' | 'leftOut' | 'digits'>,
    scratch: string,
    signal: AbortSignal,
  ): Promise<RecordLists> {
    return new RecordLists(
      rejects === undefined ? null : await RejectsFile.open(rejects, scratch, signal),
      leftOut === undefined ? null : await LeftOutFile.open(leftOut, scratch, digits, signal),
    );
  }

  /** What the reader is to tell. */
  get listeners(): Pick<ReadOptions, 'onReject' | 'onLeft'> {
    const [rejects, leftOut] = [this.#rejects, this.#leftOut];
    return {
      ...(rejects && { onReject: (reject) => rejects.add(reject) }),
      ...(leftOut && { onLeft: (record) => leftOut.add(record) }),
    };
  }

  /** What ends the reading of a file stands in the list of rejects too. */
  addFatal(error: unknown): void {
    this.#rejects?.addFatal(error);
  }

  /** Adds the transactions that no value stands on: after the as-of date, and of customers without a purchase up to it. */
  async addUnvalued(transactions: Transactions, ledger: Ledger, asOf: Day): Promise<void> {
    const leftOut = this.#leftOut;
    if (leftOut === null) return;
    const without = new Set(await readWithoutPurchase(ledger.loaded, asOf));
    await transactions.eachAccepted(({ customer, day, amount, place }) => {
      const kind = day > asOf ? 'after_as_of' : without.has(customer) ? 'without_purchase' : null;
      if (kind !== null) leftOut.add({ kind, column: null, value: null, reason: null, amount, place: place() });
    });
  }

  async finish(): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    await this.#rejects?.finish();
    await this.#leftOut?.finish();
  }
}
