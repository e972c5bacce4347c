import type { Column } from '../base/columnar.ts';
import { ClvError } from '../base/errors.ts';
import type { RemoteChoice, RemoteContent, RemoteTable } from '../base/remote-table.ts';
import { mustHold, type Wanted } from './columnar.ts';
import { keyPosition, type Mapping, mapColumns, ROLES, type Role } from './columns.ts';
import { ISO } from './dates.ts';
import { givenFormats, type ReadOptions } from './read-options.ts';
import { Rejects } from './rejects.ts';
import type { LoadResult, Transactions } from './transactions.ts';

const WANTED: Readonly<Record<Role, Wanted>> = {
  customer: { what: 'customer', kinds: ['text', 'integer'], remedy: 'text or integers' },
  date: { what: 'date', kinds: ['date', 'instant'], remedy: 'Date or DateTime' },
  amount: { what: 'amount', kinds: ['decimal', 'integer', 'float'], remedy: 'Decimal(18, 4)' },
};

const KEY: Wanted = {
  what: 'key of segments or margins',
  kinds: ['text', 'integer', 'boolean', 'date'],
  remedy: 'text',
};

/** Transactions that stand in a table and stay there. @throws ClvError E102, E103, E105, E108, E452 */
export async function openRemote(table: RemoteTable, options: ReadOptions): Promise<Transactions> {
  givenFormats(options);
  const columns = await table.columns();
  const place = { file: table.name };
  const header = columns.map(({ name }) => name);
  const mapping = mapColumns(header, options, place);
  for (const role of ROLES) mustHold(columns[mapping.positions[role]]!, WANTED[role], table.name, 'E452');
  return new RemoteTransactions(table, columns, mapping, options);
}

class RemoteTransactions implements Transactions {
  readonly header: readonly string[];
  readonly mapping: Transactions['mapping'];
  readonly description = null;
  readonly tables = [];
  readonly #table: RemoteTable;
  readonly #columns: readonly Column[];
  readonly #options: ReadOptions;
  #read: RemoteContent | null = null;

  constructor(table: RemoteTable, columns: readonly Column[], { positions, detected }: Mapping, options: ReadOptions) {
    this.header = columns.map(({ name }) => name);
    const [customer, date, amount] = ROLES.map((role) => this.header[positions[role]]!);
    this.mapping = { customer: customer!, date: date!, amount: amount!, detected };
    this.#table = table;
    this.#columns = columns;
    this.#options = options;
  }

  customerId(text: string): string {
    return text;
  }

  /** E103, E105, E452, E453, E450. */
  async load(keys: readonly string[]): Promise<LoadResult> {
    const { customer, date, amount } = this.mapping;
    const { timezone, roundAmounts: round } = this.#options;
    const choice: RemoteChoice = {
      customer: this.#column(customer),
      date: this.#column(date),
      amount: this.#column(amount),
      keys: keys.map((name) => this.#key(name)),
      timezone,
      round,
    };
    this.#read = await this.#table.choose(choice);
    const { totals, checksum } = this.#read;
    return {
      files: [],
      table: { name: this.#table.name, rows: totals.records, checksum },
      totals,
      dateFormat: ISO,
      datesRead: ISO,
      decimalMark: '.',
      markMatters: false,
      currency: null,
      rejects: new Rejects(undefined).summary,
      accounts: [],
      blanks: new Map(),
      warnings: [],
      leftOut: [],
      idleZone: choice.date.kind === 'instant' ? null : (timezone ?? null),
    };
  }

  #column(name: string): Column {
    return this.#columns[this.header.indexOf(name)]!;
  }

  #key(name: string): Column {
    const place = { file: this.#table.name };
    const column = this.#columns[keyPosition(this.header, name, place)]!;
    mustHold(column, KEY, this.#table.name, 'E452');
    return column;
  }

  /** Rows of a table have no places. */
  async eachAccepted(): Promise<void> {
    throw new TypeError('a table is not read row by row');
  }

  /** E454 unless the table holds what it held. */
  async verifyUnchanged(): Promise<void> {
    const now = await this.#table.content();
    const same = now.checksum === this.#read!.checksum && now.totals.records === this.#read!.totals.records;
    if (!same) throw new ClvError('E454', {}, { file: this.#table.name });
  }
}
