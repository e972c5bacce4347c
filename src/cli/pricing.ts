import { SEGMENT_COLUMNS } from '../aggregator/segments.ts';
import { ONE } from '../base/decimal.ts';
import { ClvError } from '../base/errors.ts';
import type { MarginKind } from '../base/money.ts';
import { didYouMean } from '../base/nearest.ts';
import { shellWord } from '../base/shell.ts';
import type { Book } from '../data/books/book.ts';
import { ALL_CUSTOMER_COLUMNS } from '../data/customer-columns.ts';
import type { TableSource } from '../data/inputs.ts';
import type { LoadPlan, MarginPlan, SubscriptionColumns } from '../ledger/plan.ts';
import { positionsOf } from '../reader/columns.ts';
import { readCosts } from '../reader/tables/costs.ts';
import { type Margins, readMargins } from '../reader/tables/margins.ts';
import type { Transactions } from '../reader/transactions.ts';
import type { InputReading } from '../report/input.ts';
import { percentText } from '../report/methodology.ts';
import { type MarginsTaken, sameMargins } from './closes/margins-taken.ts';
import { optionError } from './option-values.ts';
import { amountsInWords, readingOf } from './say/reading-words.ts';
import type { Settings } from './settings.ts';

/** How the transactions are to be loaded, and in words what is taken as margin. */
export interface Pricing {
  readonly plan: LoadPlan;
  /** The columns of `--by` and `--fit-by`, as the header names them. */
  readonly by: readonly string[];
  readonly fitBy: readonly string[];
  readonly margin: string;
  /** The margins themselves. */
  readonly margins: MarginsTaken;
  /** What is taken as margin in the opening of a statement, where it has margins of its own. */
  readonly openingMargin: string | null;
  readonly tables: readonly TableSource[];
  /** How the export is read, where a layout or an option says it, and what its amounts are and hold. */
  readonly reading: InputReading | null;
  readonly amounts: string | null;
  /** The calendar of the dates, where it is another than the Gregorian; known once they are read. */
  readonly calendar: string | null;
  /** The book that the transactions stand in. */
  readonly book: Book | null;
}

/** Columns that rows carry besides customer, date and amount, and margins besides those of the settings. */
export interface WantedColumns {
  readonly by: readonly string[];
  readonly fitBy: readonly string[];
  /** Names of the command's own columns, which no segment column may have. */
  readonly taken?: readonly string[] | undefined;
  /** Margins of the opening of a statement: a file, or those of a close. */
  readonly openingMargins?: string | MarginsTaken | undefined;
  /** Columns that tell payments of subscriptions apart, found in a header. */
  readonly subscriptions?: SubscriptionsIn | undefined;
}

/** Names of columns by which payments of subscriptions are told apart; null: there is none. */
export type SubscriptionNames = { readonly [column in keyof SubscriptionColumns]: string | null };
/** @throws ClvError E103, E105 */
export type SubscriptionsIn = (transactions: Transactions) => SubscriptionNames;

/** Reads the margins and costs files against the header of the transactions. */
export async function readPricing(
  settings: Settings,
  columns: WantedColumns,
  transactions: Transactions,
): Promise<Pricing> {
  const { header, mapping } = transactions;
  const read = (file: string): Promise<Margins> => readMargins(file, header, mapping);
  const now: MarginsTaken = {
    rate: settings.margin,
    table: settings.margins === undefined ? null : await read(settings.margins),
  };
  const { table: margins } = now;
  const then = await openingOf(columns.openingMargins, now, read);
  const opening = then?.table ?? null;
  const costs = settings.costs === undefined ? null : await readCosts(settings.costs, mapping);
  const taken = new Set([...RESERVED, ...(columns.taken ?? [])]);
  const by = segmentColumns('--by', columns.by, taken, transactions);
  const fitBy = segmentColumns('--fit-by', columns.fitBy, taken, transactions);
  const looked = [...(margins?.columns ?? []), ...(opening?.columns ?? [])].filter((name) => name !== mapping.customer);
  const paid = columns.subscriptions?.(transactions) ?? null;
  const told = Object.values(paid ?? {}).filter((name) => name !== null);
  const keys = [...new Set([...by, ...fitBy, ...looked, ...told])];
  const position = (name: string): number => (name === mapping.customer ? -1 : keys.indexOf(name));
  return {
    plan: {
      keys,
      by: by.map((name) => keys.indexOf(name)),
      segmentFrom: settings.segmentFrom,
      fitBy: fitBy.map((name) => keys.indexOf(name)),
      margin: marginPlan(now, position),
      subscriptions: paid && positionsOfNames(paid, keys),
      openingMargin: then && marginPlan(then, position),
      costs: costs && {
        file: costs.source.name,
        rows: costs.rows.map((row) => ({ ...row, customer: transactions.customerId(row.customer) })),
      },
    },
    by,
    fitBy,
    margin: inWords(settings, now),
    margins: now,
    openingMargin: then && inWords(settings, then),
    tables: [
      ...transactions.tables,
      ...[margins, opening, costs].flatMap((table) => (table === null ? [] : [table.source])),
    ],
    reading: readingOf(transactions),
    amounts: amountsInWords(transactions),
    calendar: null,
    book: null,
  };
}

function positionsOfNames(names: SubscriptionNames, keys: readonly string[]): SubscriptionColumns {
  const at = Object.entries(names).map(([column, name]) => [column, name === null ? null : keys.indexOf(name)]);
  return Object.fromEntries(at) as SubscriptionColumns;
}

/** The column of a name that an option gives, as the header has it. E103, E105. */
export function namedColumn(option: string, name: string, { header }: Transactions): string {
  return segmentColumn(option, name, header, new Set());
}

/** Names of our own columns, beside which a segment column would stand twice. */
const RESERVED = ['customer_id', ...[...ALL_CUSTOMER_COLUMNS, ...SEGMENT_COLUMNS].map((column) => column.name)];

/** Columns as the header names them: exactly, or but for case, blanks, underscores and hyphens. E101, E103, E105, E110. */
function segmentColumns(
  option: string,
  names: readonly string[],
  taken: ReadonlySet<string>,
  { header, mapping }: Transactions,
): readonly string[] {
  const usable = header.filter((column) => ![mapping.customer, mapping.date, mapping.amount].includes(column));
  const found = names.map((name) => {
    const column = segmentColumn(option, name, usable, taken);
    if (taken.has(column)) throw new ClvError('E110', { column });
    return column;
  });
  const twice = found.find((column, i) => found.indexOf(column) < i);
  if (twice !== undefined) optionError(option, names.join(','), 'column twice', { column: twice });
  return found;
}

function segmentColumn(option: string, name: string, usable: readonly string[], taken: ReadonlySet<string>): string {
  const found = [...new Set(positionsOf(usable, name).map((at) => usable[at]!))];
  if (found.length === 1) return found[0]!;
  const columns = found.join(', ');
  if (found.length > 1) {
    const options = found.map((column) => `${option} ${shellWord(column)}`).join(' or ');
    throw new ClvError('E103', { count: found.length, what: `column "${name}"`, columns, options });
  }
  if (taken.has(name)) throw new ClvError('E110', { column: name });
  const hint = didYouMean(name, usable);
  throw new ClvError('E105', { option, column: name, columns: usable.join(', ') || 'no other columns', hint });
}

/** The margins of an opening; null where they are those of the closing. */
async function openingOf(
  asked: WantedColumns['openingMargins'],
  now: MarginsTaken,
  read: (file: string) => Promise<Margins>,
): Promise<MarginsTaken | null> {
  if (asked === undefined) return null;
  if (typeof asked === 'string') return { rate: now.rate, table: await read(asked) };
  return sameMargins(asked, now) ? null : asked;
}

function marginPlan({ rate, table: margins }: MarginsTaken, position: (column: string) => number): MarginPlan {
  if (margins === null) return { rate: rate ?? ONE, rules: null };
  const rows = margins.rows.map((row) => ({
    line: row.line,
    keys: margins.columns.map((column) => row.keys.get(column) ?? null),
    kind: row.kind,
    value: row.value,
    from: row.from,
    to: row.to,
  }));
  return {
    rate,
    rules: { file: margins.source.name, columns: margins.columns.map(position), rows },
  };
}

const IN_WORDS: Readonly<Record<MarginKind, string>> = { rate: 'rates', unit_cost: 'revenue less unit costs' };

function inWords({ costs }: Settings, { rate, table: margins }: MarginsTaken): string {
  const percent = rate === null ? null : `${percentText(rate)} of revenue`;
  const less = costs === undefined ? '' : `, less the costs in ${costs}`;
  if (margins === null) return `${percent ?? 'revenue (no margin given: amounts count as margin)'}${less}`;
  const keys = margins.columns.length > 0 ? ` by ${margins.columns.join(', ')}` : '';
  const others = percent === null ? '' : `, otherwise ${percent}`;
  const kinds = new Set(margins.rows.map(({ kind }) => IN_WORDS[kind]));
  return `${[...kinds].sort().join(' or ')} in ${margins.source.name}${keys}${others}${less}`;
}
