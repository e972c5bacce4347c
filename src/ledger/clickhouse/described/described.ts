import { ClvError } from '../../../base/errors.ts';
import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../../../base/money.ts';
import type { TypedColumn } from '../../../data/columnar.ts';
import type {
  Counted,
  DescribedChoice,
  DescribedRead,
  LeftOutRows,
  RemoteContent,
  RemoteRate,
} from '../../../data/remote-table.ts';
import { count, type Row, totalsFrom, units } from '../../store.ts';
import * as sql from '../columns.ts';
import { pasted } from '../faults.ts';
import type { ClickHouseStore } from '../store.ts';
import { type Cells, cellsOf, namedCells } from './cells.ts';
import { customerOf } from './customer.ts';
import { moneyOf, WIDEST } from './money.ts';
import {
  blankColumns,
  cellRows,
  columnsRead,
  isByRow,
  LISTS,
  reaching,
  rowHash,
  STAGES,
  stagedRows,
  textColumns,
} from './stages.ts';
import { holds, literal } from './values.ts';
import { lookAt } from './watch.ts';

/** Tables of ours. */
const TABLES = { cells: 'read_cells', rows: 'read_rows', aliases: 'read_aliases', rates: 'read_rates' } as const;

/** A table and where it stands, for statements. */
export interface StandingTable {
  readonly table: string;
  /** The table as it stands after FROM. */
  readonly from: string;
  /** What a statement finds where the rows are: on every shard. */
  everywhere(select: string): string;
  readonly zone: string | null;
}

/** A table of transactions of which a description says which rows count, and what they are worth. */
export class DescribedTable {
  readonly #store: ClickHouseStore;
  readonly #choice: DescribedChoice;
  readonly #standing: StandingTable;

  constructor(store: ClickHouseStore, choice: DescribedChoice, standing: StandingTable) {
    this.#store = store;
    this.#choice = choice;
    this.#standing = standing;
  }

  /** E134, E283, E288, E450, E453. */
  async read(): Promise<DescribedRead> {
    this.#checkWidth();
    await this.#open();
    await this.#checkRows();
    await this.#checkOrders();
    await this.#checkOnce();
    const stages = await this.#stages();
    this.#checkFaults(stages);
    const transactions = `stage = ${STAGES.transaction}`;
    const [totals] = await this.#store.rows(
      `SELECT count(*) AS records, sum(amount) AS amount, sum(toInt32(day)) AS days, sum(length(customer_id)) AS id_bytes,
  minOrNull(day) AS first_day, maxOrNull(day) AS last_day FROM ${TABLES.rows} WHERE ${transactions}`,
    );
    const [content] = await this.#store.rows(`SELECT count(*) AS n, sum(h) AS checksum FROM ${TABLES.rows}`);
    const of = (stage: number): readonly Row[] => stages.filter((row) => count(row['stage']) === stage);
    const rest = ({ list }: LeftOutRows): boolean => list === LISTS.others;
    return {
      ...contentOf(content!),
      totals: totalsFrom(totals!),
      continuation: together(of(STAGES.continuation)),
      repeated: together(of(STAGES.repeated)),
      withoutCustomer: together(of(STAGES.withoutCustomer)),
      leftOut: of(STAGES.leftOut)
        .map(leftOutRows)
        .map((one) => (rest(one) ? { ...one, list: null } : one)),
      otherCurrencies: of(STAGES.otherCurrency).map((row) => ({ value: String(row['label']), ...counted(row) })),
      unlisted: of(STAGES.unlisted).map((row) => ({ ...leftOutRows(row), list: null })),
      withoutRate: of(STAGES.noRate).map((row) => ({
        currency: String(row['label']),
        records: count(row['n']),
        first: Number(row['first']),
        last: Number(row['last']),
      })),
      blanks: await this.#blanks(),
      seen: await lookAt(this.#store, TABLES.rows, this.#choice),
    };
  }

  /** What the table holds now of what is read, as `read` has counted it. */
  async content(): Promise<RemoteContent> {
    const cells = this.#standing.everywhere(this.#cells(this.#standing.from));
    const [row] = await this.#store.rows(
      `SELECT count(*) AS n, sum(${rowHash(this.#choice)}) AS checksum FROM ${cells}`,
    );
    return contentOf(row!);
  }

  /** The transactions, as they stand after FROM. */
  get transactions(): string {
    const keys = this.#choice.keys.map((_, i) => `, k${i}`).join('');
    return `(SELECT customer_id, day, amount${keys} FROM ${TABLES.rows} WHERE stage = ${STAGES.transaction})`;
  }

  #cells(from: string): string {
    return cellRows(from, this.#choice, (column) => `{c${column}:Identifier}`, this.#standing.zone);
  }

  /**
   * Every row comes into a table of ours with its stage, once: what is counted is what is valued, and the description is not
   * worked out again for each question. Where a row is what it is by other rows, the cells come here first.
   */
  async #open(): Promise<void> {
    const { alias, rates } = this.#choice.reading;
    const { from, everywhere } = this.#standing;
    if (alias) await this.#fillAliases(alias.customers);
    if (rates) await this.#fillRates(rates.lines);
    const cells = this.#cells(from);
    if (isByRow(this.#choice)) {
      await this.#store.create(TABLES.rows, `SELECT * FROM ${everywhere(stagedRows(cells, this.#choice, TABLES))}`);
      return;
    }
    await this.#store.create(TABLES.cells, `SELECT * FROM ${everywhere(cells)}`);
    await this.#store.create(TABLES.rows, stagedRows(`SELECT * FROM ${TABLES.cells}`, this.#choice, TABLES));
    await this.#store.drop(TABLES.cells);
  }

  /** Drops the rows, which are not read again. */
  async done(): Promise<void> {
    await this.#store.drop(TABLES.rows);
  }

  async #fillAliases(customers: ReadonlyMap<string, string>): Promise<void> {
    const [ids, names] = [[...customers.keys()], [...customers.values()]];
    const columns = [
      ['alias', 'text'],
      ['customer', 'text'],
    ] as const;
    await this.#store.fill(TABLES.aliases, columns, ids.length, (start, end) => [
      ids.slice(start, end),
      names.slice(start, end),
    ]);
  }

  async #fillRates(lines: readonly RemoteRate[]): Promise<void> {
    const columns = [
      ['currency', 'text'],
      ['factor', 'text'],
      ['since', 'integer'],
      ['until', 'integer'],
    ] as const;
    await this.#store.fill(TABLES.rates, columns, lines.length, (start, end) => {
      const some = lines.slice(start, end);
      return [
        some.map(({ currency }) => currency),
        some.map(({ units }) => String(units)),
        some.map(({ from }) => from ?? -EVER),
        some.map(({ to }) => to ?? EVER),
      ];
    });
  }

  /** E134 for an amount that a server cannot work out exactly: its integers are wide, but not of any width. */
  #checkWidth(): void {
    const { reading, columns, round, amountText } = this.#choice;
    const { digits } = moneyOf(reading.amount, namedCells(columns, round), round);
    if (digits <= WIDEST) return;
    const problem = `it has up to ${digits} digits on the way, and the server is exact up to ${WIDEST}: name a view with fewer decimals or factors`;
    throw new ClvError('E134', { text: amountText, problem }, { file: this.#standing.table });
  }

  /** E453 where there are none; E450 for texts that no file could hold, and rows below the end of the table. */
  async #checkRows(): Promise<void> {
    const { columns, reading } = this.#choice;
    const texts = textColumns(this.#choice).filter((column) => columns[column]!.kind === 'text');
    const counts = [...texts.map((column) => `sum(x${column}) AS x${column}`), 'sum(stopped) AS stopped'];
    const [row] = await this.#store.rows(`SELECT count(*) AS n, ${counts.join(', ')} FROM ${TABLES.rows}`);
    if (count(row!['n']) === 0) throw new ClvError('E453', {}, { file: this.#standing.table });
    for (const column of texts) {
      const { name } = columns[column]!;
      const problem = `with a text in "${name}" that is not UTF-8, or with a NUL in it`;
      this.#check(count(row![`x${column}`]), problem, CORRECT, [sql.badText(columns[column]!, pasted(name))]);
    }
    const { stop } = reading;
    if (stop === null) return;
    const test = holds(stop.values, this.#pasted.text(stop.column));
    const problem = `that are below its end, as "${columns[stop.column]!.name}" tells`;
    this.#check(count(row!['stopped']), problem, 'name a view that leaves them out', [test]);
  }

  /** Cells as a person pastes them. */
  get #pasted(): Cells {
    const { columns, round } = this.#choice;
    return cellsOf(columns, (column) => pasted(columns[column]!.name), round);
  }

  /** E450 where there are such rows. @param tests all of which find them */
  #check(rows: number, problem: string, remedy: string, tests: readonly string[]): void {
    if (rows === 0) return;
    const table = this.#standing.table.replace(/[^.]+/, pasted).replace(/(?<=\.).*/s, pasted);
    const where = tests.length === 1 ? tests[0]! : tests.map((test) => `(${test})`).join(' AND ');
    const query = `SELECT * FROM ${table} WHERE ${where}`;
    throw new ClvError('E450', { count: rows, problem, remedy, query }, { file: this.#standing.table });
  }

  /** E283 where rows of an order have different amounts; E450 where they differ in other things: none of them comes first. */
  async #checkOrders(): Promise<void> {
    const { order } = this.#choice.reading;
    if (order?.lines !== 'total') return;
    const { name } = this.#choice.columns[order.column]!;
    const differing = (hash: string): string =>
      `SELECT o, count(*) AS n FROM ${TABLES.rows} WHERE o <> '' AND NOT mb GROUP BY o HAVING uniqExact(${hash}) > 1 ORDER BY o LIMIT 1`;
    const [amounts] = await this.#store.rows(differing('mh'));
    const place = { file: this.#standing.table };
    if (amounts) throw new ClvError('E283', { column: name, order: String(amounts['o']) }, place);
    const [others] = await this.#store.rows(differing('h'));
    if (!others) return;
    const key = String(others['o']);
    const problem = `that are lines of one order ("${key}") with one amount and differ in customer, date or what else is read of them`;
    const test = `${this.#pasted.text(order.column)} = ${literal(key)}`;
    this.#check(count(others['n']), problem, 'name a view with one row for each order', [test]);
  }

  /** E288 where rows of one key differ. */
  async #checkOnce(): Promise<void> {
    const { once, order } = this.#choice.reading;
    if (once === null || order?.column === once) return;
    const { continuation, leftOut, unlisted } = STAGES;
    const [found] =
      await this.#store.rows(`SELECT onekey FROM ${TABLES.rows} WHERE onekey <> '' AND stage NOT IN (${continuation}, ${leftOut}, ${unlisted})
  GROUP BY onekey HAVING uniqExact(content) > 1 ORDER BY onekey LIMIT 1`);
    if (!found) return;
    const values = { column: this.#choice.columns[once]!.name, key: String(found['onekey']) };
    throw new ClvError('E288', values, { file: this.#standing.table });
  }

  /** Rows and money by their stage, and what put them there. */
  async #stages(): Promise<readonly Row[]> {
    const { leftOut, unlisted, noRate, otherCurrency } = STAGES;
    const label = `multiIf(stage IN (${leftOut}, ${unlisted}), ruled, stage IN (${noRate}, ${otherCurrency}), code, '')`;
    const by = `stage IN (${leftOut}, ${unlisted})`;
    return this.#store.rows(
      `SELECT stage, if(${by}, rule, 0) AS of_rule, if(${by}, list, 0) AS of_list, ${label} AS label, count(*) AS n, sum(amount) AS money,
  min(day) AS first, max(day) AS last FROM ${TABLES.rows} WHERE stage <> ${STAGES.transaction} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    );
  }

  /** E450 for the first reason why rows that count cannot be read. */
  #checkFaults(stages: readonly Row[]): void {
    const { reading, columns, round } = this.#choice;
    const name = (column: number): string => pasted(columns[column]!.name);
    const dates = reading.date.map((column): TypedColumn => columns[column]!);
    const zone = this.#choice.timezone === undefined ? null : literal(this.#choice.timezone);
    const day = sql.firstDayFault(dates, reading.date.map(name), zone);
    const { fault } = moneyOf(reading.amount, this.#pasted, round);
    const { none, long, large } = sql.MONEY_FAULTS;
    const faults: readonly (readonly [keyof typeof STAGES, string, string, string])[] = [
      ['noCustomer', 'with no customer id', CORRECT, `${customerOf(reading, this.#pasted)} = ''`],
      ['noDate', 'with no date', CORRECT, `${day} = 1`],
      ['badDate', 'with a date before 1970 or after 2149-06-06', CORRECT, `${day} = 2`],
      ['noAmount', 'with no amount', CORRECT, `${fault} = ${none}`],
      ['largeAmount', `with an amount of more than ${AMOUNT_INTEGER_DIGITS} digits`, CORRECT, `${fault} = ${large}`],
      [
        'longAmount',
        `with an amount of more than ${AMOUNT_SCALE} decimals`,
        'round them all with --round-amounts 2',
        `${fault} = ${long}`,
      ],
    ];
    for (const [stage, problem, remedy, test] of faults) {
      const rows = stages.find((row) => count(row['stage']) === STAGES[stage]);
      const tests = [...reaching(this.#choice, name), test];
      if (rows) this.#check(count(rows['n']), problem, remedy, tests);
    }
  }

  async #blanks(): Promise<ReadonlyMap<number, number>> {
    const columns = blankColumns(this.#choice);
    const found = new Map<number, number>();
    if (columns.length === 0) return found;
    const sums = columns.map((_, i) => `sum(z${i}) AS z${i}`).join(', ');
    const [row] = await this.#store.rows(`SELECT ${sums} FROM ${TABLES.rows} WHERE stage <> ${STAGES.continuation}`);
    for (const [i, column] of columns.entries()) {
      const blanks = count(row![`z${i}`]);
      if (blanks > 0) found.set(column, (found.get(column) ?? 0) + blanks);
    }
    return found;
  }
}

const CORRECT = 'correct them, or name a view that leaves them out';
/** Further than any day. */
const EVER = 1_000_000_000;

/** Parameters of the columns that are read, by the names that the statements have for them. */
export function columnParameters(choice: DescribedChoice): Readonly<Record<string, string>> {
  return Object.fromEntries(columnsRead(choice).map((column) => [`c${column}`, choice.columns[column]!.name]));
}

function counted(row: Row): Counted {
  return { records: count(row['n']), amount: units(row['money']) };
}

function together(rows: readonly Row[]): Counted {
  const all = rows.map(counted);
  return {
    records: all.reduce((sum, { records }) => sum + records, 0),
    amount: all.reduce((sum, { amount }) => sum + amount, 0n),
  };
}

function leftOutRows(row: Row): LeftOutRows {
  return { rule: count(row['of_rule']) - 1, list: count(row['of_list']), value: String(row['label']), ...counted(row) };
}

function contentOf(row: Row): RemoteContent {
  return { rows: count(row['n']), checksum: units(row['checksum']).toString(16).padStart(16, '0') };
}
