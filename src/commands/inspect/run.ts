import { isoOf } from '../../base/calendar.ts';
import { ClvError, type Warning } from '../../base/errors.ts';
import { filled, messageText, variant, warningsBlock } from '../../base/message-text.ts';
import { MESSAGES } from '../../base/messages.ts';
import { shellWord } from '../../base/shell.ts';
import { withOutput } from '../../cli/frame.ts';
import { type Sections, sectionsAsked } from '../../cli/output/sections.ts';
import { withScratch } from '../../cli/scratch.ts';
import { type Settings, settingsOf } from '../../cli/settings.ts';
import { populationWarnings } from '../../cli/warnings.ts';
import { liveAdds } from '../../data/books/book.ts';
import type { Population } from '../../data/customers.ts';
import type { States } from '../../data/states.ts';
import { bookIn, columnarEngine, readBook, tableIn } from '../../ledger/registry.ts';
import { enoughCustomers } from '../../models/fitting.ts';
import { plainName } from '../../reader/columns.ts';
import { type Inspected, profileInputs } from '../../reader/inspect/inspect.ts';
import type { Profile } from '../../reader/inspect/profile.ts';
import { takenAs } from '../../reader/inspect/taken-as.ts';
import { decide } from '../../reader/layouts/bind.ts';
import { nearestLayouts } from '../../reader/layouts/nearest.ts';
import { RejectsError } from '../../reader/rows/rejects.ts';
import { moneyText } from '../../reader/rows/unlisted.ts';
import { isCurrencyColumn, isNoSale } from '../../reader/rows/words.ts';
import type { ReadOptions } from '../../reader/transactions.ts';
import { bookReport } from '../../report/book.ts';
import { inspectReport } from './document.ts';
import { writeDraft } from './draft-layout.ts';
import type { Inspection } from './found.ts';
import { LINE_OPTIONS, NOT_OF_INSPECT } from './line-options.ts';
import type { InspectOptions } from './options.ts';
import { SECTIONS } from './sections.ts';
import { type Solved, Solver } from './solve.ts';
import { lineOf, type Setting, type Values } from './typed-line.ts';
import type { Decision } from './ways.ts';

/** `clv inspect`: read the files under options that decide what is open → describe what is in them → the lines to run. */
export async function inspect(
  files: readonly string[],
  options: InspectOptions,
  typed: readonly string[],
): Promise<void> {
  checkTyped(files, typed);
  const settings = settingsOf(options);
  const book = bookIn(files);
  if (book !== null) return inspectBook(book, settings, sectionsAsked(options, SECTIONS.book));
  const { digits } = settings;
  await withOutput(settings, sectionsAsked(options, SECTIONS.files), ({ signal, notes, write }) =>
    withScratch(signal, async (scratch) => {
      const read = (values: Values): ReadOptions => ({
        ...settingsOf({ ...options, ...values } as InspectOptions).read,
        scratch,
        columnar: columnarEngine(scratch),
        signal,
        onRead: (...part) => notes.reading(...part),
      });
      const solver = new Solver({ files, scratch, digits, options: read });
      const solved = await solver.solve(options as Values);
      const [first] = solved;
      try {
        const found = await inspectionOf(files, solver, solved, digits, signal);
        if (options.draftLayout !== undefined) await writeDraft(options.draftLayout, first!, signal);
        await write(inspectReport(found));
      } finally {
        await first!.reading.ledger?.close();
      }
    }),
  );
}

/** A book was looked at when its files were added: what it holds is told. */
async function inspectBook(file: string, settings: Settings, sections: Sections): Promise<void> {
  await withOutput(settings, sections, ({ signal, write }) =>
    withScratch(signal, async (scratch) => {
      const book = await readBook(file, scratch);
      const adds = liveAdds(book).map(({ number }) => number);
      await write(bookReport(book, { command: 'inspect', main: 'book', adds, warnings: [] }));
    }),
  );
}

/** E122 for a table of a server, and for what is said when customers are valued. */
function checkTyped(files: readonly string[], typed: readonly string[]): void {
  if (tableIn(files) !== null)
    throw new ClvError('E122', { option: 'clv inspect', ...variant('E122', 'a table inspected') });
  const option = typed.find((one) => NOT_OF_INSPECT.includes(one));
  if (option !== undefined) throw new ClvError('E122', { option, ...variant('E122', 'inspect') });
}

async function inspectionOf(
  files: readonly string[],
  solver: Solver,
  solved: readonly Solved[],
  digits: number,
  signal: AbortSignal,
): Promise<Inspection> {
  const { reading, left } = solved[0]!;
  const { found, ids } = reading;
  const { inputs, transactions, surveyed } = found;
  const head = inputs[0]?.head ?? null;
  const header = head?.columns ?? [];
  const layout = head?.layout ?? null;
  const profile = await profileInputs(found, signal);
  const customers = await customersOf(solved[0]!);
  const faults = [...solver.faults.filter(({ code }) => code !== 'E241'), ...rejectFaults(solver.faults)];
  const decisions = decisionsIn(solved);
  const rejected = new Set(rejectFaults(solver.faults).map(({ code }) => code));
  const isDecided = ({ code }: ClvError): boolean =>
    !left.some((fault) => fault.code === code || (fault.code === 'E241' && rejected.has(code))) &&
    decisions.some((one) => one.code === code || (one.code === 'E241' && rejected.has(code)));
  const few = customers === null || left.length > 0 ? [] : tooFew(customers.states);
  const result = surveyed?.result ?? null;
  const values = valuesOf(found);
  return {
    digits,
    files: filesOf(files, found),
    layout: layout && { name: layout.name, title: layout.title, refused: layout.refuse?.reason ?? null },
    nearest: layout === null && header.length > 0 ? nearestLayouts(header) : [],
    roles: transactions && rolesOf(transactions.mapping),
    columns: columnsOf(found, profile),
    lookedAt: profile && { records: profile.records, complete: profile.complete },
    dates: datesOf(solver, found),
    customers: customers?.counts ?? null,
    totals: result && { records: result.totals.records, amount: result.totals.amount },
    decimalMark: result?.decimalMark ?? null,
    sign: result?.currency ?? null,
    currencies: values.filter(({ column }) => isCurrencyColumn(plainName(column))),
    values: values.filter(({ column }) => !isCurrencyColumn(plainName(column))),
    refunds: surveyed
      ? [...surveyed.survey.refunds].map(([column, tally]) => ({ column: surveyed.names[column]!, ...tally }))
      : [],
    negative: surveyed?.negative ?? null,
    repeats: repeatsIn(solver.faults, reading.warnings),
    ids: ids && {
      nobody: ids.nobody,
      lost: ids.lost,
      alike: [
        { kind: 'e-mail addresses in several spellings', found: ids.emails },
        { kind: 'numbers in several spellings', found: ids.numbers },
        { kind: 'but for what no one sees', found: ids.unseen },
      ].flatMap(({ kind, found: alike }) => (alike === null ? [] : [{ kind, ...alike }])),
    },
    apart: result?.accounts ?? [],
    rejects: rejectsOf(solver.faults, found),
    problems: [...faults, ...few].map((fault) => ({
      code: fault.code,
      message: messageText(fault.code, fault.values),
      remedy: filled(MESSAGES[fault.code].remedy, fault.values),
      file: fault.place?.file ?? null,
      line: fault.place?.line ?? null,
      column: fault.place?.line === undefined ? null : (fault.place?.column ?? null),
      decided: isDecided(fault),
    })),
    warnings: warningsBlock(
      customers && result ? [...reading.warnings, ...warningsOf(customers.population, result, digits)] : [],
    ),
    decisions: decisions.map(({ code, about, ways, even, also }) => ({
      code,
      about,
      ways: ways.map(({ settings, means }) => ({ options: settings.map(settingText).join(' '), means })),
      even,
      also,
    })),
    lines: solved
      .filter((one) => one.left.length === 0)
      .map(({ values: chosen, made: how }) => ({
        line: lineOf('compute', files, chosen, LINE_OPTIONS),
        means: how.map(({ decision, way }) => `${decision.about}: ${way.means}`),
      })),
  };
}

function settingText([option, value]: Setting): string {
  return value === null ? option : `${option} ${shellWord(value)}`;
}

function rolesOf({ customer, date, amount }: { customer: string; date: string; amount: string }) {
  return { customer, date, amount };
}

/** The decisions of all ways, each once. */
function decisionsIn(solved: readonly Solved[]): readonly Decision[] {
  const found = new Map<string, Decision>();
  for (const { made } of solved) for (const { decision } of made) found.set(JSON.stringify(decision), decision);
  return [...found.values()];
}

interface Customers {
  readonly counts: NonNullable<Inspection['customers']>;
  readonly population: Population;
  readonly states: States;
}

/** The customers of the reading that the report is about. */
async function customersOf({ reading }: Solved): Promise<Customers | null> {
  const { ledger } = reading;
  if (ledger === null) return null;
  const population = await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
  const { states } = await ledger.states();
  const repeat = states.count.reduce((sum, many, i) => (states.x[i]! > 0 ? sum + many : sum), 0);
  const { valued, withoutPurchase } = population;
  return {
    counts: { all: valued.customers, repeat, withoutPurchase: withoutPurchase.customers },
    population,
    states,
  };
}

/** E301 for customers that are too few to fit a model to: saved parameters value them all the same. */
function tooFew(states: States): readonly ClvError[] {
  try {
    enoughCustomers(states);
    return [];
  } catch (error) {
    if (!(error instanceof ClvError)) throw error;
    return [error];
  }
}

function warningsOf(
  population: Population,
  read: Parameters<typeof populationWarnings>[1],
  digits: number,
): readonly Warning[] {
  return populationWarnings(population, read, { asOf: null, digits, segmentFrom: 'last', rejects: undefined });
}

function filesOf(typed: readonly string[], { inputs, surveyed, faults }: Inspected): Inspection['files'] {
  const read = surveyed?.result.files ?? [];
  const known = inputs.map(({ source, head, columnar }, i) => ({
    name: source.name,
    bytes: read[i]?.bytes ?? source.original?.bytes ?? null,
    records: read[i]?.records ?? null,
    rejected: read[i]?.rejected ?? null,
    sha256: read[i]?.sha256 ?? source.original?.sha256 ?? null,
    encoding: columnar ? null : (source.encoding ?? 'UTF-8').toUpperCase(),
    delimiter: columnar ? null : head.delimiter,
    headerLine: columnar ? null : (head.place.line ?? null),
    notes: head.notes.map((cells) => cells.filter((cell) => cell !== '').join(' ')).filter((text) => text !== ''),
  }));
  if (known.length > 0) return known;
  const unread = { bytes: null, records: null, rejected: null, sha256: null, encoding: null, delimiter: null };
  const names = faults.flatMap(({ place }) => (place ? [place.file] : []));
  return (names.length > 0 ? [...new Set(names)] : typed).map((name) => ({
    name,
    ...unread,
    headerLine: null,
    notes: [],
  }));
}

function columnsOf({ inputs, transactions }: Inspected, profile: Profile | null): Inspection['columns'] {
  const first = inputs[0];
  if (!first) return [];
  const { columns: header } = first.head;
  const profiles = header.map((_, i) => profile?.columns[i] ?? null);
  const taken = takenAs(header, transactions?.reading ?? null, profiles, profile?.records ?? 0);
  return header.map((name, i) => {
    const typed = first.columnar?.columns[i]?.type;
    const { examples, distinct, more, blanks } = profiles[i] ?? {
      examples: typed === undefined ? [] : [typed],
      distinct: null,
      more: false,
      blanks: null,
    };
    return { name, takenAs: taken[i]!, examples, distinct, more, blanks };
  });
}

/** Values of the columns that decide about money, those with most records first. */
function valuesOf({ surveyed, transactions }: Inspected): Inspection['values'] {
  if (!surveyed) return [];
  const { survey, names } = surveyed;
  return [...survey.values].flatMap(([column, values]) => {
    const other = survey.others.get(column);
    const name = names[column]!;
    return [
      ...[...values]
        .sort(([a, x], [b, y]) => y.records - x.records || (a < b ? -1 : 1))
        .map(([value, tally]) => ({ column: name, value, is: saysOf(name, value, transactions), ...tally })),
      ...(other ? [{ column: name, value: null, is: null, ...other }] : []),
    ];
  });
}

/** What the reading makes of rows with a value; where it does not ask, what its words say. */
function saysOf(column: string, value: string, transactions: Inspected['transactions']): string | null {
  const { rules, minus, zero } = transactions!.reading;
  const at = transactions!.header.indexOf(column);
  const holds = (cases: typeof zero): boolean =>
    cases.some((one) => one.length === 1 && one[0]!.column === at && one[0]!.values.has(value));
  const rule = rules.find((one) => one.column === at);
  const decided = rule ? decide(rule, value) : true;
  if (decided !== true) return decided === null ? 'not listed' : `left out: ${decided}`;
  if (holds(zero)) return 'worth nothing';
  if (holds(minus)) return 'taken away';
  if (rule) return 'counts';
  return isNoSale(value, column) ? 'no sale, by its words' : null;
}

/** What the dates are; formats that fit as well are alternatives. */
function datesOf({ faults }: Solver, { surveyed }: Inspected): Inspection['dates'] {
  const unclear = faults.find(({ code }) => code === 'E213');
  const formats = unclear === undefined ? [] : formatsIn(String(unclear.values['options']));
  const result = surveyed?.result;
  const day = (value: number | null | undefined): string | null =>
    value === null || value === undefined ? null : isoOf(value);
  return {
    format: result?.datesRead ?? null,
    formats,
    first: day(result?.totals.firstDay),
    last: day(result?.totals.lastDay),
  };
}

function formatsIn(options: string): readonly string[] {
  return options.split(' or ').map((text) => text.replace('--date-format ', '').replace(/^'|'$/g, ''));
}

/** Equal records, and amounts that repeat on the lines of an order. */
function repeatsIn(faults: readonly ClvError[], warnings: readonly Warning[]): Inspection['repeats'] {
  const found = [
    ...faults.flatMap(({ code, values }) => {
      if (code === 'E299')
        return [{ what: `equal records of one ${values['column']}`, values, amount: values['money'] }];
      if (code === 'E295')
        return [
          {
            what: `${values['column']} is the same on all lines of one ${values['order']}`,
            values,
            amount: values['counted'],
          },
        ];
      return [];
    }),
    ...warnings.flatMap(({ code, values }) =>
      code === 'W361' ? [{ what: 'equal records in two files', values, amount: values['amount'] }] : [],
    ),
  ];
  return found.map(({ what, values, amount }) => ({
    what,
    records: Number(values['records']),
    amount: String(amount ?? moneyText(0n)),
  }));
}

/** Of rejects, the first of each reason; E241 itself says no more than how many there are. */
function rejectFaults(faults: readonly ClvError[]): readonly ClvError[] {
  const found = faults.find((fault) => fault instanceof RejectsError);
  if (!(found instanceof RejectsError)) return [];
  return [...found.rejects.counts.keys()].map((code) => {
    const sample = found.rejects.samples.find((one) => one.code === code)!;
    return new ClvError(code, sample.values, sample.place);
  });
}

function rejectsOf(faults: readonly ClvError[], { surveyed }: Inspected): Inspection['rejects'] {
  const first = faults.find((fault) => fault instanceof RejectsError);
  const rejects = first instanceof RejectsError ? first.rejects : surveyed?.result.rejects;
  return [...(rejects?.counts ?? [])].map(([code, records]) => {
    const sample = rejects!.samples.find((one) => one.code === code)!;
    const { file, line } = sample.place;
    return { code, message: messageText(code, sample.values), records, file, line: line ?? null };
  });
}
