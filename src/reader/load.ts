import { isoOf } from '../base/calendar.ts';
import { ClvError } from '../base/errors.ts';
import { ID_KINDS, type IdKind } from '../data/ids.ts';
import type { FileInput } from '../data/inputs.ts';
import type { ControlTotals, TransactionSink } from '../data/transactions.ts';
import { Amounts } from './amounts/amounts.ts';
import { CALENDARS, type Calendar, ERA_NAMES, type Era } from './dates/calendars.ts';
import { type DateRemedies, dateRemedies, fittingOf } from './dates/date-remedies.ts';
import { DateFormat, ISO } from './dates/dates.ts';
import { eraExamples, evidenceOfDates, FormatEvidence } from './detect.ts';
import { explained } from './files/source.ts';
import { prove } from './plain/proof.ts';
import { type RecordHashes, RepeatScan } from './plain/repeats.ts';
import type { Proven, TextFile } from './proven.ts';
import { type GivenFormats, proofOptions } from './read-options.ts';
import type { Example } from './row-evidence.ts';
import { type Formats, type Memory, type Plan, Rows } from './rows/rows.ts';
import { rewritten } from './text/excel-text.ts';
import { type DataLot, readData } from './text/read-records.ts';

/** Reads every file through once: hash, encoding, and whether it is plain. @param hashes of the records so far, where equal ones are looked for; E236, E237, E240, E422, E431. */
export async function proveAll(
  files: readonly TextFile[],
  given: GivenFormats,
  hashes: RecordHashes | null,
  signal?: AbortSignal,
): Promise<readonly Proven[]> {
  const proven: Proven[] = [];
  const names = new Map<string, string>();
  for (const [number, file] of files.entries()) {
    const { source, direct } = file;
    const repeats = hashes && new RepeatScan(hashes, number, file.delimiter);
    const proof = await explained(source, () =>
      prove(source, direct, { ...proofOptions(given, file), repeats, signal }),
    );
    // What was written from columns is not all that is in their file.
    const content = source.rows === undefined ? proof.sha256 : source.original!.sha256;
    const first = names.get(content);
    if (first !== undefined) throw new ClvError('E240', { first }, { file: source.name });
    names.set(content, source.name);
    proven.push({ ...file, proof, repeats: proof.plain && repeats ? repeats.found : null });
  }
  return proven;
}

/** The files, of which one that has fields like ="0812" without quotes around them, which is not well formed, is read from a copy. E421, E422, E431. */
export async function withFieldsOfText(
  proven: readonly Proven[],
  scratch: string,
  signal?: AbortSignal,
): Promise<readonly Proven[]> {
  const files: Proven[] = [];
  for (const [number, file] of proven.entries()) {
    const { source, proof, delimiter } = file;
    const isText = !proof.wellFormed && source.firstRow === undefined && source.rows === undefined;
    const path = isText ? await rewritten(source, delimiter, scratch, String(number), signal) : null;
    const original = source.original ?? { sha256: proof.sha256, bytes: proof.bytes };
    files.push(path === null ? file : { ...file, source: { ...source, path, original } });
  }
  return files;
}

/** The formats of the files that are not plain; plain ones are ISO with a point. E204, E213, E217. */
export async function formatsOf(
  proven: readonly Proven[],
  plan: Plan,
  given: GivenFormats,
  signal?: AbortSignal,
): Promise<Formats> {
  const files = unplain(proven);
  if (files.length === 0) {
    const amounts = new Amounts({ mark: '.', round: given.round });
    const date = DateFormat.of(ISO, given.calendar === 'gregorian' ? 'gregorian' : null)!;
    const mark = { otherFits: null, matters: false, unsettled: null };
    return { date, amounts, mark, days: null, remedies: dateRemedies(null, given.date) };
  }
  const plain = proven.filter(({ proof, canonical }) => !canonical.amount && proof.plain !== null);
  const evidence = new FormatEvidence(plan, given, {
    iso: proven.some(({ proof, canonical }) => !canonical.date && (proof.plain?.totals.records ?? 0) > 0),
    marks: plain.map(({ proof }) => proof.plain!.marks),
    files: plain,
  });
  await evidence.seeAll(files, signal);
  return evidence.formats(signal);
}

/** The files, of which one with a point is plain no more where the others show that it is not the decimal mark. */
export function plainUnder(proven: readonly Proven[], { amounts }: Formats): readonly Proven[] {
  if (amounts.mark === '.') return proven;
  return proven.map((file) => {
    const { proof, canonical } = file;
    if (canonical.amount || proof.plain === null || proof.plain.marks.points + proof.plain.marks.either === 0)
      return file;
    // Its repeats are found again when it is read record by record.
    return { ...file, proof: { ...proof, plain: null }, repeats: null };
  });
}

/** The remedies for dates that a given format does not read, after a look at all of them. */
export async function remediesOf(
  proven: readonly Proven[],
  plan: Plan,
  given: GivenFormats,
  signal?: AbortSignal,
): Promise<DateRemedies> {
  const remedies = dateRemedies(await evidenceOfDates(unplain(proven), plan, given, signal), given.date);
  // What fits the other files does not fit those that are plain.
  const plain = proven.some(({ proof, canonical }) => proof.plain !== null && !canonical.date);
  return plain ? { ...remedies, ...fittingOf([]) } : remedies;
}

/**
 * The calendar of the years of a column, once all of its dates are read: that of the option, or the one that all of them tell;
 * null where there was none to tell. E228 years of two calendars, with a row of each; E229 the lunar one.
 */
export async function calendarOf(
  proven: readonly Proven[],
  plan: Plan,
  given: GivenFormats,
  { date }: Formats,
  signal?: AbortSignal,
): Promise<Calendar | null> {
  const plain = proven.find(({ proof, canonical }) => !canonical.date && (proof.plain?.totals.records ?? 0) > 0);
  const eras = new Set<Era>([...(plain ? (['gregorian'] as const) : []), ...(date.eras ?? [])]);
  const [first, second] = eras;
  if (first === undefined) return null;
  if (second === undefined && first !== 'hijri') return first === 'unknown' ? null : first;
  const examples = new Map<Era, Example>();
  if (plain)
    examples.set('gregorian', { text: isoOf(plain.proof.plain!.totals.firstDay!), place: { file: plain.source.name } });
  const found = await eraExamples(unplain(proven), plan, DateFormat.of(date.name, given.calendar)!, signal);
  for (const [era, example] of found) if (!examples.has(era)) examples.set(era, example);
  throw eraError(eras, examples);
}

function eraError(eras: ReadonlySet<Era>, examples: ReadonlyMap<Era, Example>): ClvError {
  const [first, second] = [...eras].map((era) => ({ era, ...examples.get(era)! }));
  if (second === undefined) return new ClvError('E229', { text: first!.text }, first!.place);
  const known = CALENDARS.filter((calendar) => eras.has(calendar));
  const { file, line } = second.place;
  const values = {
    first: first!.text,
    one: ERA_NAMES[first!.era],
    second: second.text,
    other: ERA_NAMES[second.era],
    where: line === undefined ? file : `${file}:${line}`,
    options: known.map((calendar) => `--calendar ${calendar}`).join(' or '),
  };
  return new ClvError('E228', values, first!.place);
}

/** The kinds of ids that there may be in any of the files: every kind where one is not plain. */
export function idKindsIn(proven: readonly Proven[]): ReadonlySet<IdKind> {
  return new Set(proven.flatMap(({ proof }) => [...(proof.plain?.ids ?? ID_KINDS)]));
}

function unplain(proven: readonly Proven[]): readonly Proven[] {
  return proven.filter(({ proof }) => proof.plain === null);
}

/** What a file gave, and how many of its records are no transactions. */
export interface Loaded {
  readonly input: FileInput;
  readonly totals: ControlTotals;
  readonly blanks: ReadonlyMap<number, number>;
}

/** What looks on while records are read. */
export type OnLot = (file: Proven, lot: DataLot) => void;

/** Hands a plain file over, and reads any other into batches. @param onLot is shown each lot before its rows are read; E205, E232, E234, E235, E238, E282, E283, E288, E431, E501. */
export async function loadFile(
  file: Proven,
  number: number,
  plan: Plan,
  formats: Formats,
  memory: Memory,
  sink: TransactionSink,
  signal?: AbortSignal,
  onLot?: OnLot,
): Promise<Loaded> {
  const { source, proof, direct } = file;
  const { sha256, bytes } = source.original ?? proof;
  const { rejects, accounts, unlisted } = memory;
  const before = rejects.total;
  const apart = accounts.records + unlisted.records;
  let totals: ControlTotals;
  let blanks: Loaded['blanks'] = new Map();
  if (proof.plain && direct) {
    totals = proof.plain.totals;
    if (totals.records > 0) await sink.handOver({ path: source.path, newline: proof.plain.newline, ...direct });
  } else
    ({ totals, blanks } = await parseInto(
      sink,
      file,
      new Rows(plan, formatsIn(file, formats), memory, number),
      signal,
      onLot,
    ));
  await source.verify();
  const rejected = rejects.total - before;
  const records = totals.records + rejected + accounts.records + unlisted.records - apart;
  if (records !== (source.rows ?? records))
    throw new ClvError('E501', { ledger: source.rows!, reader: records, what: `rows of ${source.name}` });
  const { amount } = totals;
  return {
    input: { name: source.name, sha256, bytes, records, rejected, amount, plain: proof.plain !== null },
    totals,
    blanks,
  };
}

/** Reads the records of a file once more, for what the memory is told of them. */
export async function readAgain(
  file: Proven,
  number: number,
  plan: Plan,
  formats: Formats,
  memory: Memory,
  signal?: AbortSignal,
): Promise<void> {
  const nowhere: TransactionSink = { handOver: async () => {}, append: async () => {}, forget: async () => {} };
  await parseInto(nowhere, file, new Rows(plan, formatsIn(file, formats), memory, number), signal);
}

/** The formats of a file: those of all, but for columns whose text was written from typed values. */
function formatsIn({ source, canonical, year }: TextFile, formats: Formats): Formats {
  return {
    ...formats,
    ...(source.backslash && { amounts: formats.amounts.withBackslash(source.backslash) }),
    ...(year && { date: year }),
    ...(canonical.date && { date: DateFormat.of(ISO, 'gregorian')! }),
    ...(canonical.amount && { amounts: formats.amounts.withPoint() }),
  };
}

/** The records of a file, with the texts of the columns that are wanted. */
export function lotsOf(
  { source, delimiter, projection, skip, proof }: Proven,
  signal?: AbortSignal,
): AsyncIterable<DataLot> {
  return readData(source, skip, { delimiter, projection, wellFormed: proof.wellFormed }, signal);
}

const BATCH_ROWS = 32_768;

async function parseInto(
  sink: TransactionSink,
  file: Proven,
  rows: Rows,
  signal?: AbortSignal,
  onLot?: OnLot,
): Promise<{ totals: ControlTotals; blanks: ReadonlyMap<number, number> }> {
  for await (const lot of lotsOf(file, signal)) {
    onLot?.(file, lot);
    rows.add(lot.records, lot.first);
    if (rows.waiting >= BATCH_ROWS) await sink.append(rows.take());
  }
  if (rows.waiting > 0) await sink.append(rows.take());
  return { totals: rows.totals.result, blanks: rows.blanks };
}
