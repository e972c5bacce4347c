import { AMOUNT_SCALE, exactText } from '../base/money.ts';
import { type Cell, type Column, Exact, type Json, type Report, type Section } from '../data/report.ts';
import { inspectViews } from './inspect-views.ts';
import { listOf } from './lists.ts';

/** Records and money, 10^-4. */
export interface Counted {
  readonly records: number;
  readonly amount: bigint;
}

/** A file, and how its text is read. Unknown where it could not be read so far. */
export interface InspectedFile {
  readonly name: string;
  readonly bytes: number | null;
  readonly records: number | null;
  readonly rejected: number | null;
  readonly sha256: string | null;
  /** Null for typed columns. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly headerLine: number | null;
  /** What stands above the header, a line each. */
  readonly notes: readonly string[];
}

export interface NearestLayout {
  readonly name: string;
  readonly title: string;
  readonly matched: number;
  readonly asked: number;
  readonly missing: readonly string[];
  readonly unwanted: readonly string[];
}

export interface InspectedColumn {
  readonly name: string;
  readonly takenAs: string;
  readonly examples: readonly string[];
  /** Null where the column was not looked at. */
  readonly distinct: number | null;
  /** Whether there are more than `distinct`. */
  readonly more: boolean;
  readonly blanks: number | null;
}

/** A value of a column that decides about money. */
export interface InspectedValue extends Counted {
  readonly column: string;
  /** Null: all that are not told apart. */
  readonly value: string | null;
  /** What the reading makes of it, or its words say; null: nothing. */
  readonly is: string | null;
}

/** Something for which `clv compute` would refuse the files. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** Whether an option in the lines decides it. */
  readonly decided: boolean;
}

export interface InspectedDecision {
  readonly code: string;
  readonly about: string;
  readonly ways: readonly { readonly options: string; readonly means: string }[];
  /** Nothing in the files speaks for one of the ways: there is a line for each. */
  readonly even: boolean;
  readonly also: readonly string[];
}

export interface Reject {
  readonly code: string;
  readonly message: string;
  readonly records: number;
  readonly file: string;
  readonly line: number | null;
}

/** Records that are no transactions though nothing is wrong with them. */
export interface Apart extends Counted {
  readonly kind: string;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string | null;
}

export interface SuspectIds {
  readonly nobody: readonly (Counted & { readonly id: string })[];
  readonly lost: (Counted & { readonly ids: number; readonly example: string }) | null;
  readonly alike: readonly {
    readonly kind: string;
    readonly groups: number;
    readonly ids: number;
    readonly example: readonly string[];
  }[];
}

/** What is in the files. */
export interface Inspection {
  readonly digits: number;
  readonly files: readonly InspectedFile[];
  readonly layout: { readonly name: string; readonly title: string; readonly refused: string | null } | null;
  readonly nearest: readonly NearestLayout[];
  /** The columns of the roles, as options name them; null where they are not known. */
  readonly roles: { readonly customer: string; readonly date: string; readonly amount: string } | null;
  readonly columns: readonly InspectedColumn[];
  /** Records by which the columns are described, and whether these are all. */
  readonly lookedAt: { readonly records: number; readonly complete: boolean } | null;
  readonly dates: {
    readonly format: string | null;
    readonly formats: readonly string[];
    readonly first: string | null;
    readonly last: string | null;
  };
  readonly customers: { readonly all: number; readonly repeat: number; readonly withoutPurchase: number } | null;
  /** Transactions. */
  readonly totals: Counted | null;
  readonly decimalMark: string | null;
  /** The sign or code that amounts carry. */
  readonly sign: string | null;
  readonly currencies: readonly InspectedValue[];
  readonly values: readonly InspectedValue[];
  readonly refunds: readonly (Counted & { readonly column: string })[];
  readonly negative: Counted | null;
  readonly repeats: readonly { readonly what: string; readonly records: number; readonly amount: string }[];
  readonly ids: SuspectIds | null;
  readonly apart: readonly Apart[];
  readonly rejects: readonly Reject[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly decisions: readonly InspectedDecision[];
  /** Complete lines; more than one where the user decides. None: something has to be cured first. */
  readonly lines: readonly { readonly line: string; readonly means: readonly string[] }[];
}

const COLUMNS: readonly Column[] = [
  { name: 'position', kind: 'integer' },
  { name: 'name', kind: 'text' },
  { name: 'taken_as', kind: 'text' },
  { name: 'example_1', kind: 'text' },
  { name: 'example_2', kind: 'text' },
  { name: 'example_3', kind: 'text' },
  { name: 'distinct', kind: 'integer' },
  { name: 'distinct_is', kind: 'text' },
  { name: 'blanks', kind: 'integer' },
];

const VALUES: readonly Column[] = [
  { name: 'column', kind: 'text' },
  { name: 'value', kind: 'text' },
  { name: 'is', kind: 'text' },
  { name: 'records', kind: 'integer' },
  { name: 'amount', kind: 'money' },
];

const PROBLEMS: readonly Column[] = [
  { name: 'code', kind: 'text' },
  { name: 'message', kind: 'text' },
  { name: 'remedy', kind: 'text' },
  { name: 'file', kind: 'text' },
  { name: 'line', kind: 'integer' },
  { name: 'column', kind: 'integer' },
  { name: 'decided', kind: 'text' },
];

const DECISIONS: readonly Column[] = [
  { name: 'code', kind: 'text' },
  { name: 'about', kind: 'text' },
  { name: 'options', kind: 'text' },
  { name: 'means', kind: 'text' },
  { name: 'is', kind: 'text' },
];

/** The report of `clv inspect`. */
export function inspectReport(found: Inspection): Report {
  const { digits } = found;
  const money = (amount: bigint): Exact => new Exact(exactText(amount, AMOUNT_SCALE, digits));
  const counted = ({ records, amount }: Counted): { readonly [key: string]: Json } => ({
    records,
    amount: money(amount),
  });
  const columns = columnsOf(found);
  return {
    command: 'inspect',
    document: [
      ['$schema', 'urn:clv:inspect:1.0'],
      ['schema_version', '1.0'],
      ['command', 'inspect'],
      ['input', { files: found.files.map(fileBlock) }],
      ['warnings', found.warnings.map(({ code, message }) => ({ code, message }))],
      ['problems', listOf('problems', PROBLEMS, found.problems.map(problemRow))],
      ['layout', found.layout && { ...found.layout }],
      ['nearest_layouts', found.layout ? [] : found.nearest.map((one) => ({ ...one }))],
      ['roles', found.roles && { ...found.roles }],
      ['columns', columns],
      ['columns_looked_at', found.lookedAt && { ...found.lookedAt }],
      ['dates', { ...found.dates }],
      ['customers', found.customers && customersBlock(found.customers)],
      ['totals', found.totals && counted(found.totals)],
      ['decimal_mark', found.decimalMark],
      ['amounts_carry', found.sign],
      ['currencies', valuesList('currencies', found.currencies, digits)],
      ['values', valuesList('values', found.values, digits)],
      [
        'refunds',
        {
          columns: found.refunds.map(({ column, ...tally }) => ({ column, ...counted(tally) })),
          below_zero: found.negative && counted(found.negative),
        },
      ],
      ['repeats', found.repeats.map((one) => ({ ...one }))],
      ['ids', found.ids && idsBlock(found.ids, counted)],
      [
        'not_transactions',
        found.apart.map(({ kind, column, value, reason, ...tally }) => ({
          kind,
          column,
          value,
          reason,
          ...counted(tally),
        })),
      ],
      ['rejects', found.rejects.map((one) => ({ ...one }))],
      ['decisions', listOf('decisions', DECISIONS, found.decisions.flatMap(decisionRows))],
      ['compute', found.lines.map(({ line, means }) => ({ line, means: [...means] }))],
    ],
    main: 'columns',
    views: inspectViews(found, columns),
  };
}

function fileBlock(file: InspectedFile): Json {
  const { name, sha256, bytes, records, rejected, encoding, delimiter, headerLine, notes } = file;
  const text = { encoding, delimiter, header_line: headerLine, above_header: [...notes] };
  return { name, sha256, bytes, records, rejected, ...text };
}

function customersBlock({ all, repeat, withoutPurchase }: NonNullable<Inspection['customers']>): Json {
  return { with_purchase: all, repeat_buyers: repeat, without_purchase: withoutPurchase };
}

function idsBlock(ids: SuspectIds, counted: (one: Counted) => { readonly [key: string]: Json }): Json {
  return {
    nobody: ids.nobody.map(({ id, ...tally }) => ({ id, ...counted(tally) })),
    lost_digits: ids.lost && { ids: ids.lost.ids, example: ids.lost.example, ...counted(ids.lost) },
    alike: ids.alike.map((one) => ({ ...one, example: [...one.example] })),
  };
}

function columnsOf({ columns }: Inspection): Section {
  const count = (value: number | null): Cell => (value === null ? null : String(value));
  return listOf(
    'columns',
    COLUMNS,
    columns.map(({ name, takenAs, examples, distinct, more, blanks }, i) => [
      String(i + 1),
      name,
      takenAs,
      ...[0, 1, 2].map((at) => examples[at] ?? null),
      count(distinct),
      distinct === null ? null : more ? 'at least' : 'exact',
      count(blanks),
    ]),
  );
}

function valuesList(name: string, values: readonly InspectedValue[], digits: number): Section {
  const rows = values.map(({ column, value, is, records, amount }): Cell[] => [
    column,
    value,
    is,
    String(records),
    exactText(amount, AMOUNT_SCALE, digits),
  ]);
  return listOf(name, VALUES, rows);
}

function problemRow({ code, message, remedy, file, line, column, decided }: Problem): Cell[] {
  const count = (value: number | null): Cell => (value === null ? null : String(value));
  return [code, message, remedy, file, count(line), count(column), decided ? 'yes' : 'no'];
}

function decisionRows({ code, about, ways, even, also }: InspectedDecision): Cell[][] {
  const is = (i: number): string => (even ? 'yours to choose' : i === 0 ? 'in the line' : 'instead');
  return [
    ...ways.map(({ options, means }, i) => [code, about, options, means, is(i)]),
    ...also.map((options) => [code, about, options, null, 'instead']),
  ];
}
