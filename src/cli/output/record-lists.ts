import { closeSync, createReadStream, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { messageText } from '../../base/message-text.ts';
import { AMOUNT_SCALE, exactText } from '../../base/money.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readWithoutPurchase } from '../../ledger/steps/customers.ts';
import type { LeftRecord, ReadOptions, Reject, Transactions } from '../../reader/transactions.ts';
import type { Settings } from '../settings.ts';
import { openOutput } from './open.ts';
import { type Output, writeTo } from './target.ts';

/** `--rejects FILE`: every record that could not be read, with its place and text as it stands in the file. */
const REJECTS = ['file', 'line', 'column', 'code', 'problem', 'text'];
/** `--left-out FILE`: every record that no value stands on though nothing is wrong with it, with its place and the reason. */
const LEFT_OUT = ['file', 'line', 'account', 'column', 'value', 'reason', 'amount', 'text'];

/** A record that no value stands on: no transaction, or one after the as-of date or of a customer without a purchase. */
type Left = Omit<LeftRecord, 'kind'> & { readonly kind: LeftRecord['kind'] | 'after_as_of' | 'without_purchase' };

/** The lists of records that `--rejects` and `--left-out` ask for: written when the records are read, even when the run fails. */
export class RecordLists {
  readonly #rejects: ListFile | null;
  readonly #leftOut: ListFile | null;
  readonly #digits: number;
  #finished = false;

  private constructor(rejects: ListFile | null, leftOut: ListFile | null, digits: number) {
    this.#rejects = rejects;
    this.#leftOut = leftOut;
    this.#digits = digits;
  }

  static async open(
    { rejects, leftOut, digits }: Pick<Settings, 'rejects' | 'leftOut' | 'digits'>,
    scratch: string,
    signal: AbortSignal,
  ): Promise<RecordLists> {
    const list = async (file: string | undefined, columns: readonly string[], name: string) =>
      file === undefined ? null : new ListFile(await openOutput(file, signal), join(scratch, name), columns);
    return new RecordLists(
      await list(rejects, REJECTS, 'rejects.csv'),
      await list(leftOut, LEFT_OUT, 'left-out.csv'),
      digits,
    );
  }

  /** What the reader is to tell. */
  get listeners(): Pick<ReadOptions, 'onReject' | 'onLeft'> {
    return {
      ...(this.#rejects && { onReject: (reject) => this.#addReject(reject) }),
      ...(this.#leftOut && { onLeft: (record) => this.#addLeft(record) }),
    };
  }

  /** What ends the reading of a file stands in the list of rejects too, where it has a place. */
  addFatal(error: unknown): void {
    if (error instanceof ClvError && error.place?.line !== undefined) {
      this.#addReject({ code: error.code, values: error.values, place: error.place, text: error.place.excerpt ?? '' });
    }
  }

  /** Adds the transactions that no value stands on: after the as-of date, and of customers without a purchase up to it. */
  async addUnvalued(transactions: Transactions, ledger: Ledger, asOf: Day): Promise<void> {
    if (this.#leftOut === null) return;
    const without = new Set(await readWithoutPurchase(ledger.loaded, asOf));
    await transactions.eachAccepted(({ customer, day, amount, place }) => {
      const kind = day > asOf ? 'after_as_of' : without.has(customer) ? 'without_purchase' : null;
      if (kind !== null) this.#addLeft({ kind, column: null, value: null, reason: null, amount, place: place() });
    });
  }

  async finish(): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    await this.#rejects?.finish();
    await this.#leftOut?.finish();
  }

  #addReject({ code, values, place: { file, line, column }, text }: Reject): void {
    this.#rejects?.add([file, line ?? '', column ?? '', code, messageText(code, values), text]);
  }

  #addLeft({ kind, column, value, reason, place: { file, line, excerpt }, amount }: Left): void {
    const money = exactText(amount, AMOUNT_SCALE, this.#digits);
    this.#leftOut?.add([file, line ?? '', kind, column ?? '', value ?? '', reason ?? '', money, excerpt ?? '']);
  }
}

const FLUSH = 1 << 16;

/**
 * A list of records beside the report, as CSV with every cell in quotes: the text of a bad record may hold anything, and must
 * stand as it was. Kept in the scratch directory until it is complete, so that a million records take no memory.
 */
class ListFile {
  readonly #output: Output;
  readonly #path: string;
  readonly #descriptor: number;
  #buffer: string;

  constructor(output: Output, path: string, columns: readonly string[]) {
    this.#output = output;
    this.#path = path;
    this.#descriptor = openSync(path, 'w');
    this.#buffer = `${columns.join(',')}\n`;
  }

  add(cells: readonly (string | number)[]): void {
    this.#buffer += `${cells.map((cell) => quoted(String(cell))).join(',')}\n`;
    if (this.#buffer.length > FLUSH) this.#flush();
  }

  async finish(): Promise<void> {
    this.#flush();
    closeSync(this.#descriptor);
    await writeTo(this.#output, createReadStream(this.#path, 'utf8'));
  }

  #flush(): void {
    writeFileSync(this.#descriptor, this.#buffer);
    this.#buffer = '';
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
