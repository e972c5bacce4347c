import { CUSTOMER_COLUMNS, TENURE_COLUMN } from '../aggregator/customers.ts';
import type { InputReading } from '../aggregator/input.ts';
import { SEGMENT_COLUMNS } from '../aggregator/segments.ts';
import { Decimal, ONE } from '../base/decimal.ts';
import { ClvError } from '../base/errors.ts';
import type { MarginKind } from '../base/money.ts';
import type { LoadPlan, MarginPlan } from '../ledger/ledger.ts';
import { readCosts } from '../reader/costs.ts';
import { type Margins, readMargins, type TableSource } from '../reader/margins.ts';
import type { Transactions } from '../reader/transactions.ts';
import { amountsInWords, readingOf } from './reading-words.ts';
import type { Settings } from './settings.ts';

/** How the transactions are to be loaded, and in words what is taken as margin. */
export interface Pricing {
  readonly plan: LoadPlan;
  readonly margin: string;
  /** The same of the opening of a statement, where it has margins of its own. */
  readonly openingMargin: string | null;
  readonly tables: readonly TableSource[];
  /** How the export is read, where a layout or an option says it, and what its amounts are and hold. */
  readonly reading: InputReading | null;
  readonly amounts: string | null;
}

/** Columns that rows carry besides customer, date and amount, and margins besides those of the settings. */
export interface Wanted {
  readonly by: readonly string[];
  readonly fitBy: readonly string[];
  /** A margins file for the opening of a statement. */
  readonly openingMargins?: string | undefined;
}

/** Reads the margins and costs files against the header of the transactions. */
export async function readPricing(settings: Settings, columns: Wanted, transactions: Transactions): Promise<Pricing> {
  const { header, mapping } = transactions;
  const read = async (file: string | undefined): Promise<Margins | null> =>
    file === undefined ? null : readMargins(file, header, mapping);
  const [margins, opening] = [await read(settings.margins), await read(columns.openingMargins)];
  const costs = settings.costs === undefined ? null : await readCosts(settings.costs, mapping);
  const by = columns.by.map((name) => segmentColumn('--by', name, transactions));
  const fitBy = columns.fitBy.map((name) => segmentColumn('--fit-by', name, transactions));
  const looked = [...(margins?.columns ?? []), ...(opening?.columns ?? [])].filter((name) => name !== mapping.customer);
  const keys = [...new Set([...by, ...fitBy, ...looked])];
  const position = (name: string): number => (name === mapping.customer ? -1 : keys.indexOf(name));
  return {
    plan: {
      keys,
      by: by.map((name) => keys.indexOf(name)),
      segmentFrom: settings.segmentFrom,
      fitBy: fitBy.map((name) => keys.indexOf(name)),
      margin: marginPlan(settings, margins, position),
      openingMargin: opening && marginPlan(settings, opening, position),
      costs: costs && {
        file: costs.source.name,
        rows: costs.rows.map((row) => ({ ...row, customer: transactions.customerId(row.customer) })),
      },
    },
    margin: inWords(settings, margins),
    openingMargin: opening && inWords(settings, opening),
    tables: [
      ...transactions.tables,
      ...[margins, opening, costs].flatMap((table) => (table === null ? [] : [table.source])),
    ],
    reading: readingOf(transactions),
    amounts: amountsInWords(transactions),
  };
}

/** Names of our own columns, beside which a segment column would stand twice. */
const RESERVED = new Set([
  'customer_id',
  ...[...CUSTOMER_COLUMNS, TENURE_COLUMN, ...SEGMENT_COLUMNS].map((column) => column.name),
]);

function segmentColumn(option: string, name: string, { header, mapping }: Transactions): string {
  const usable = header.filter((column) => ![mapping.customer, mapping.date, mapping.amount].includes(column));
  if (RESERVED.has(name)) throw new ClvError('E110', { column: name });
  if (usable.includes(name)) return name;
  throw new ClvError('E105', { option, column: name, columns: usable.join(', ') || 'no other columns' });
}

function marginPlan(settings: Settings, margins: Margins | null, position: (column: string) => number): MarginPlan {
  if (margins === null) return { rate: settings.margin ?? ONE, rules: null };
  const rows = margins.rows.map((row) => ({
    line: row.line,
    keys: margins.columns.map((column) => row.keys.get(column) ?? null),
    kind: row.kind,
    value: row.value,
    from: row.from,
    to: row.to,
  }));
  return {
    rate: settings.margin,
    rules: { file: margins.source.name, columns: margins.columns.map(position), rows },
  };
}

const IN_WORDS: Readonly<Record<MarginKind, string>> = { rate: 'rates', unit_cost: 'revenue less unit costs' };

function inWords(settings: Settings, margins: Margins | null): string {
  const percent = settings.margin === null ? null : `${new Decimal(settings.margin).times(100).toFixed()}% of revenue`;
  const less = settings.costs === undefined ? '' : `, less the costs in ${settings.costs}`;
  if (margins === null) return `${percent ?? 'revenue (no margin given: amounts count as margin)'}${less}`;
  const keys = margins.columns.length > 0 ? ` by ${margins.columns.join(', ')}` : '';
  const others = percent === null ? '' : `, otherwise ${percent}`;
  const kinds = new Set(margins.rows.map(({ kind }) => IN_WORDS[kind]));
  return `${[...kinds].sort().join(' or ')} in ${margins.source.name}${keys}${others}${less}`;
}
