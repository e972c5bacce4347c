import { ClvError, type Place } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import type { TypedColumn } from '../../data/columnar.ts';
import { ID_KINDS } from '../../data/ids.ts';
import type { TableSource } from '../../data/inputs.ts';
import type { RemoteContent, RemoteTable } from '../../data/remote-table.ts';
import { GIVEN_BACK_AT, keyPosition, ROLES, type Role } from '../columns.ts';
import { ISO } from '../dates/dates.ts';
import { layoutOf } from '../header.ts';
import { isPlain, netsRefunds, positionsIn, type Reading, rolePositions } from '../layouts/bind.ts';
import { chosenLayouts } from '../layouts/library.ts';
import { givenFormats, type ReadOptions } from '../read-options.ts';
import { folded } from '../rows/ids.ts';
import { Rejects } from '../rows/rejects.ts';
import { type WatchPlan, watchedColumns, watchesNothing } from '../rows/watch.ts';
import { watchPlanOf } from '../rows/watched.ts';
import type { LoadResult, Transactions } from '../transactions.ts';
import { type Described, type RoleNames, understood } from '../understood.ts';
import { mustHold, type NeededColumn } from './columnar.ts';
import { accountsOf, faultsOf, remoteWatch } from './remote-rows.ts';

const WANTED: Readonly<Record<Role, NeededColumn>> = {
  customer: { what: 'customer', kinds: ['text', 'integer'], remedy: 'text or integers' },
  date: { what: 'date', kinds: ['date', 'instant'], remedy: 'Date or DateTime' },
  amount: { what: 'amount', kinds: ['decimal', 'integer', 'float'], remedy: 'Decimal(18, 4)' },
};

const KEY: NeededColumn = {
  what: 'key of segments or margins',
  kinds: ['text', 'integer', 'boolean', 'date'],
  remedy: 'text',
};

/** Columns that are compared as text. */
const COMPARED: NeededColumn = {
  what: 'column that says what a row means',
  kinds: ['text', 'integer', 'decimal', 'float', 'boolean', 'date', 'instant'],
  remedy: 'text',
};

/** Transactions that stand in a table and stay there. @throws ClvError E102, E103, E105, E108, E122, E133–E136, E222, E223, E225, E289, E296, E452 */
export async function openRemote(table: RemoteTable, options: ReadOptions): Promise<Transactions> {
  givenFormats(options);
  const layouts = await chosenLayouts(options.layout);
  const columns = await table.columns();
  const place = { file: table.name };
  const header = columns.map(({ name }) => name);
  const layout = layoutOf(header, layouts, place);
  const { reading: named, described, tables } = await understood({ columns: header, place, layout }, options);
  const { reading, names } = named;
  mustBeWorkable(described, options);
  const watch = watchPlanOf(reading, {
    header,
    files: 1,
    amountGiven: options.amount !== undefined,
    amount: names.amount,
    asIs: options.asIs ?? new Set(),
  });
  const holding = (positions: readonly number[], wanted: NeededColumn): void => {
    for (const position of positions) mustHold(columns[position]!, wanted, table.name, 'E452');
  };
  for (const role of ROLES) holding(rolePositions(reading)[role], WANTED[role]);
  const roles = new Set(ROLES.flatMap((role) => rolePositions(reading)[role]));
  holding(
    [...positionsIn(reading), ...watchedColumns(watch)].filter((column) => !roles.has(column)),
    COMPARED,
  );
  return new RemoteTransactions({ table, columns, reading, names, described, tables, watch, options });
}

interface Opened {
  readonly table: RemoteTable;
  readonly columns: readonly TypedColumn[];
  readonly reading: Reading;
  readonly names: RoleNames;
  readonly described: Described;
  readonly tables: readonly TableSource[];
  readonly watch: WatchPlan;
  readonly options: ReadOptions;
}

class RemoteTransactions implements Transactions {
  readonly header: readonly string[];
  readonly mapping: RoleNames;
  readonly description: Described;
  readonly tables: readonly TableSource[];
  readonly #opened: Opened;
  #read: RemoteContent | null = null;

  constructor(opened: Opened) {
    this.header = opened.columns.map(({ name }) => name);
    this.mapping = opened.names;
    this.description = opened.described;
    this.tables = opened.tables;
    this.#opened = opened;
  }

  get netsRefunds(): boolean {
    return netsRefunds(this.#opened.reading);
  }

  customerId(text: string): string {
    return folded(text, this.#opened.reading);
  }

  /** E103, E105, E283, E286–E288, E290–E295, E299, E452, E453, E450. */
  async load(keys: readonly string[]): Promise<LoadResult> {
    const { reading, watch, columns, options } = this.#opened;
    const positions = keys.map((name) => this.#key(name));
    const { accounts, blanks, ...read } =
      isPlain(reading) && watchesNothing(watch)
        ? { ...(await this.#plain(positions)), accounts: [], blanks: new Map<string, number>() }
        : await this.#described(positions);
    this.#read = read;
    return {
      files: [],
      table: { name: this.#opened.table.name, rows: read.rows, checksum: read.checksum },
      totals: read.totals,
      idKinds: new Set(ID_KINDS),
      dateFormat: ISO,
      datesRead: ISO,
      calendar: null,
      decimalMark: '.',
      markMatters: false,
      currency: null,
      rejects: new Rejects(undefined).summary,
      accounts,
      blanks,
      warnings: [],
      leftOut: [],
      idleZone: reading.date.some((column) => columns[column]!.kind === 'instant') ? null : (options.timezone ?? null),
      roundedAmounts: options.roundAmounts ?? null,
      inBook: false,
    };
  }

  async #plain(keys: readonly number[]) {
    const { table, columns, reading, options } = this.#opened;
    const [customer, date, amount] = ROLES.map((role) => columns[rolePositions(reading)[role][0]!]!);
    return table.choose({
      customer: customer!,
      date: date!,
      amount: amount!,
      keys: keys.map((position) => columns[position]!),
      timezone: options.timezone,
      round: options.roundAmounts,
    });
  }

  async #described(keys: readonly number[]) {
    const { table, columns, reading, watch, options } = this.#opened;
    const { timezone, roundAmounts: round, asIs = new Set() } = options;
    const looking = remoteWatch(watch, columns);
    const read = await table.describe({
      columns,
      reading,
      amountText: this.mapping.amount,
      keys,
      timezone,
      round,
      watch: looking,
    });
    faultsOf(read, { reading, watch, looking, header: this.header, place: this.#place, asIs });
    const blanks = new Map([...read.blanks].map(([column, count]) => [this.header[column]!, count]));
    const { rows, checksum, totals } = read;
    return { rows, checksum, totals, blanks, accounts: accountsOf(read, reading, this.header) };
  }

  get #place(): Place {
    return { file: this.#opened.table.name };
  }

  #key(name: string): number {
    const position = keyPosition(this.header, name, this.#place);
    if (position !== GIVEN_BACK_AT) mustHold(this.#opened.columns[position]!, KEY, this.#opened.table.name, 'E452');
    return position;
  }

  /** Rows of a table have no places. */
  async eachAccepted(): Promise<void> {
    throw new TypeError('a table is not read row by row');
  }

  /** E454 unless the table holds what it held. */
  async verifyUnchanged(): Promise<void> {
    const now = await this.#opened.table.content();
    const same = now.checksum === this.#read!.checksum && now.rows === this.#read!.rows;
    if (!same) throw new ClvError('E454', {}, this.#place);
  }
}

/** E122 for what means nothing where rows have no order: a column that stands once above its rows, and a row at which the table ends. */
function mustBeWorkable({ layout, description }: Described, { stopAt, fillDown }: ReadOptions): void {
  const view = 'name a view that has it in every row';
  if (stopAt !== undefined) throw new ClvError('E122', { option: '--stop-at', ...variant('E122', 'no end of rows') });
  if (description.fillDown === null) return;
  const option = fillDown === undefined ? `the layout ${layout!.name}` : '--fill-down';
  throw new ClvError('E122', { option, ...variant('E122', 'no order', { remedy: view }) });
}
