import { AMOUNT_SCALE, exactText, grouped, groupedCount } from '../../base/money.ts';
import { listOf } from '../../data/lists.ts';
import type { Fact, Section, View } from '../../data/report.ts';
import { listView } from '../../report/views.ts';
import type { Counted, InspectedDecision, Inspection, NearestLayout, Problem } from './found.ts';

/** What a person reads: what the files are, their columns and values, what is wrong, what is to be decided, and what to run. */
export function inspectViews(found: Inspection, columns: Section): readonly View[] {
  return [
    { type: 'facts', title: 'What it is', facts: facts(found) },
    ...columnViews(found, columns),
    ...valueViews(found),
    ...(found.problems.length === 0
      ? []
      : [{ type: 'facts' as const, title: 'What clv compute would refuse', facts: found.problems.map(problemFact) }]),
    ...(found.warnings.length === 0
      ? []
      : [
          {
            type: 'facts' as const,
            title: 'What it would warn of',
            facts: found.warnings.map(({ code, message }) => ({ label: code, value: message })),
          },
        ]),
    ...(found.decisions.length === 0
      ? []
      : [{ type: 'facts' as const, title: 'What is to be decided', facts: found.decisions.map(decisionFact) }]),
    ...runViews(found),
  ];
}

const count = (value: number): string => grouped(String(value));

const records = (value: number): string => groupedCount(value, 'record');

function facts(found: Inspection): readonly Fact[] {
  const { digits, roles, customers, totals, negative, layout, nearest, rejects, apart, dates, columns, lines } = found;
  const money = (amount: bigint): string => grouped(exactText(amount, AMOUNT_SCALE, digits));
  const tally = ({ records: many, amount }: Counted): string => `${records(many)}, ${money(amount)}`;
  const fact = (label: string, value: string | null): readonly Fact[] => (value === null ? [] : [{ label, value }]);
  return [
    ...found.files.map(({ name, records: many, bytes }) => ({
      label: 'File',
      value: `${name}${many === null ? '' : `: ${records(many)}`}${bytes === null ? '' : `, ${count(bytes)} bytes`}`,
    })),
    ...fact('Layout', layout ? `${layout.title} (${layout.name})` : columns.length > 0 ? nearestText(nearest) : null),
    ...fact('Refused', layout?.refused ?? null),
    ...textFacts(found),
    ...fact('Figures', lines.length > 1 ? 'of the first of the lines below' : null),
    ...fact('Read as', roles && `${roles.amount} by ${roles.customer} on ${roles.date}`),
    ...fact('Dates', datesText(dates)),
    ...fact('Customers', customers && customersText(customers)),
    ...fact('Transactions', totals && tally(totals)),
    ...fact('Amounts', amountsText(found)),
    ...fact('Below zero', negative && negative.records > 0 ? tally(negative) : null),
    ...found.refunds.flatMap(({ column, ...one }) =>
      fact('Refunds', one.records > 0 ? `${column}: ${tally(one)}` : null),
    ),
    ...found.repeats.map(({ what, records: many, amount }) => ({
      label: 'Repeats',
      value: `${what}: ${records(many)}, ${amount}`,
    })),
    ...idFacts(found, tally),
    ...apart.map(({ kind, column, value, reason, ...one }) => ({
      label: 'No transactions',
      value: `${column === null ? kind.replaceAll('_', ' ') : `${column} "${value}" (${reason})`}: ${tally(one)}`,
    })),
    ...rejects.map(({ code, message, records: many, file, line }) => ({
      label: 'Rejected',
      value: `${records(many)} by ${code}, the first at ${file}${line === null ? '' : `:${line}`}: ${message}`,
    })),
  ];
}

function nearestText(nearest: readonly NearestLayout[]): string {
  if (nearest.length === 0) return 'none that the program knows: read by the names of its columns';
  const near = nearest.map(({ name, matched, asked, missing, unwanted }) => {
    const lacks = missing.length > 0 ? `without ${missing.join(', ')}` : '';
    const has = unwanted.length > 0 ? `with ${unwanted.join(', ')}` : '';
    return `${name} (${matched} of ${asked} columns, ${[lacks, has].filter((text) => text !== '').join(', ')})`;
  });
  return `none; the nearest: ${near.join('; ')}`;
}

const MARKS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** The text of the first file: all have the same columns. */
function textFacts({ files }: Inspection): readonly Fact[] {
  const [first] = files;
  if (!first || first.encoding === null) return [];
  const { encoding, delimiter, headerLine, notes } = first;
  const parts = [
    encoding,
    ...(delimiter === null ? [] : [`fields end at a ${MARKS[delimiter] ?? delimiter}`]),
    ...(headerLine === null ? [] : [`header in line ${headerLine}`]),
  ];
  return [
    { label: 'Text', value: parts.join(', ') },
    ...(notes.length === 0 ? [] : [{ label: 'Above the header', value: notes.join(' / ') }]),
  ];
}

function datesText({ format, formats, first, last }: Inspection['dates']): string | null {
  if (format === null) return formats.length === 0 ? null : `${formats.join(' or ')}: nothing tells which`;
  const span = first === null || last === null ? '' : `, ${first} to ${last}`;
  return `${format}${span}${formats.length > 1 ? ` (or ${formats.filter((one) => one !== format).join(', ')})` : ''}`;
}

function customersText({ all, repeat, withoutPurchase }: NonNullable<Inspection['customers']>): string {
  const without = withoutPurchase === 0 ? '' : `; ${count(withoutPurchase)} more without a purchase`;
  return `${count(all)}, of whom ${count(repeat)} bought on more than one day${without}`;
}

function amountsText({ decimalMark, sign }: Inspection): string | null {
  if (decimalMark === null) return null;
  return `decimal ${decimalMark === ',' ? 'comma' : 'point'}${sign === null ? '' : `, with ${sign}`}`;
}

function idFacts({ ids }: Inspection, tally: (one: Counted) => string): readonly Fact[] {
  if (ids === null) return [];
  const { nobody, lost, alike } = ids;
  return [
    ...nobody.map(({ id, ...one }) => ({ label: 'Ids', value: `"${id}" is nobody: ${tally(one)}` })),
    ...(lost === null
      ? []
      : [{ label: 'Ids', value: `${count(lost.ids)} have lost their digits, like ${lost.example}: ${tally(lost)}` }]),
    ...alike.map(({ kind, groups, ids: many, example }) => ({
      label: 'Ids',
      value: `${count(many)} are ${count(groups)} ${kind}, like ${example.map((id) => `"${id}"`).join(' and ')}`,
    })),
  ];
}

/** So many blank columns are only counted. */
const FEW = 5;

/** For people, examples and counts stand in one cell each. */
function columnViews({ columns, lookedAt }: Inspection, section: Section): readonly View[] {
  if (columns.length === 0) return [];
  const isBlank = ({ distinct }: (typeof columns)[number]): boolean => distinct === 0;
  const blank = columns.filter(isBlank).length;
  const rows = columns
    .filter((column) => blank < FEW || !isBlank(column))
    .map(({ name, takenAs, examples, distinct, more, blanks }) => [
      name,
      takenAs,
      examples.join(' · '),
      distinct === null ? null : `${more ? 'over ' : ''}${count(distinct)}`,
      blanks === null ? null : String(blanks),
    ]);
  const kinds = ['name', 'taken_as', 'examples', 'distinct'].map((name) => ({ name, kind: 'text' as const }));
  const shown = listOf(section.name, [...kinds, { name: 'blanks', kind: 'integer' }], rows);
  const part = [
    ...(lookedAt && !lookedAt.complete ? [`of the first ${records(lookedAt.records)}`] : []),
    ...(blank < FEW ? [] : [`${blank} that are blank are left out`]),
  ];
  return [
    listView(part.length === 0 ? 'Columns' : `Columns (${part.join('; ')})`, shown, {
      name: 'Column',
      taken_as: 'Taken as',
      distinct: 'Distinct',
      blanks: 'Blank',
      examples: 'Examples',
    }),
  ];
}

/** Rows of a list of values beyond these are in the other formats. */
const SHOWN = 30;

function valueViews({ currencies, values }: Inspection): readonly View[] {
  const view = (title: string, section: string): View => ({
    type: 'section',
    title,
    section,
    columns: [
      { name: 'column', heading: 'Column' },
      { name: 'value', heading: 'Value' },
      { name: 'is', heading: 'Is' },
      { name: 'records', heading: 'Records' },
      { name: 'amount', heading: 'Amount' },
    ],
    top: SHOWN,
  });
  return [
    ...(currencies.length > 0 ? [view('Currencies', 'currencies')] : []),
    ...(values.length > 0 ? [view('Values that say what a row is', 'values')] : []),
  ];
}

function problemFact({ code, message, remedy, file, line, decided }: Problem): Fact {
  const place = file === null ? '' : `${file}${line === null ? '' : `:${line}`}: `;
  const cure = decided ? ' (decided below)' : remedy === '' ? '' : `; ${remedy}`;
  return { label: code, value: `${place}${message}${cure}` };
}

function decisionFact({ about, ways, even, also }: InspectedDecision): Fact {
  const texts = ways.map(({ options, means }) => `${options} (${means})`);
  const [first, ...others] = texts;
  const instead = [...others, ...also];
  if (even) return { label: about, value: `yours to choose: ${[...texts, ...also].join(', or ')}` };
  return { label: about, value: `${first}${instead.length === 0 ? '' : `; instead: ${instead.join(', or ')}`}` };
}

function runViews({ lines, decisions }: Inspection): readonly View[] {
  if (lines.length === 0)
    return [{ type: 'lines', title: 'Nothing to run yet: cure first what no option decides', lines: [] }];
  const margin = 'with --margin RATE or --margins FILE, else every amount counts as margin';
  const title =
    lines.length > 1
      ? `To run, one of these, ${margin}`
      : `To run${decisions.length > 0 ? ', if you agree with what is decided' : ''}, ${margin}`;
  return [{ type: 'lines', title, lines: lines.map(({ line }) => line) }];
}
