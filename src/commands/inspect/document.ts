import { AMOUNT_SCALE, exactText } from '../../base/money.ts';
import { listOf } from '../../data/lists.ts';
import { type Cell, type Column, Exact, type Json, type Report, type Section } from '../../data/report.ts';
import { heading } from '../../report/found.ts';
import { inspectAnswer } from './answer.ts';
import type {
  Counted,
  InspectedDecision,
  InspectedFile,
  InspectedValue,
  Inspection,
  Problem,
  SuspectIds,
} from './found.ts';
import { inspectViews } from './views.ts';

export const COLUMNS: readonly Column[] = [
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

export const VALUES: readonly Column[] = [
  { name: 'column', kind: 'text' },
  { name: 'value', kind: 'text' },
  { name: 'is', kind: 'text' },
  { name: 'records', kind: 'integer' },
  { name: 'amount', kind: 'money' },
];

export const PROBLEMS: readonly Column[] = [
  { name: 'code', kind: 'text' },
  { name: 'message', kind: 'text' },
  { name: 'remedy', kind: 'text' },
  { name: 'file', kind: 'text' },
  { name: 'line', kind: 'integer' },
  { name: 'column', kind: 'integer' },
  { name: 'decided', kind: 'text' },
];

export const DECISIONS: readonly Column[] = [
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
      ...heading('inspect'),
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
    answer: async () => inspectAnswer(found),
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
