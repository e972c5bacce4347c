import type { ColumnarFile } from '../base/columnar.ts';
import { ClvError } from '../base/errors.ts';
import type { ControlTotals, TransactionSink } from '../base/transactions.ts';
import { Amounts } from './amounts.ts';
import { keyPosition } from './columns.ts';
import { type DateRemedies, dateRemedies } from './date-remedies.ts';
import { DateFormat, ISO } from './dates.ts';
import { detectFormats, evidenceOfDates, type Unplain } from './detect.ts';
import type { Head } from './header.ts';
import type { Shape } from './plain-scan.ts';
import { type Proof, prove } from './proof.ts';
import { type GivenFormats, proofOptions } from './read-options.ts';
import { readRecords } from './records.ts';
import type { Rejects } from './rejects.ts';
import { type Formats, Rows } from './rows.ts';
import type { Source } from './source.ts';

/** A file whose header is understood. */
export interface Input {
  readonly source: Source;
  readonly head: Head;
  /** What it is where it holds typed columns. */
  readonly columnar: ColumnarFile | null;
}

/** A file of text, and where in it is what is wanted. */
export interface TextFile {
  readonly source: Source;
  readonly shape: Shape;
}

/** A file that was read through once. */
export interface Proven extends TextFile {
  readonly proof: Proof;
}

/** What was read from a file. Hash and bytes are those of the file as given; `amount` in 10^-4, of the accepted rows. */
export interface FileInput {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
  readonly rejected: number;
  readonly amount: bigint;
  readonly plain: boolean;
}

/** Reads every file through once: hash, encoding, and whether it is plain. E236, E237, E240, E422, E431. */
export async function proveAll(
  files: readonly TextFile[],
  given: GivenFormats,
  signal?: AbortSignal,
): Promise<readonly Proven[]> {
  const proven: Proven[] = [];
  const names = new Map<string, string>();
  for (const { source, shape } of files) {
    const proof = await prove(source, shape, { ...proofOptions(given, shape), signal });
    // What was written from columns is not all that is in their file.
    const content = source.rows === undefined ? proof.sha256 : source.original!.sha256;
    const first = names.get(content);
    if (first !== undefined) throw new ClvError('E240', { first }, { file: source.name });
    names.set(content, source.name);
    proven.push({ source, shape, proof });
  }
  return proven;
}

/** Where in a file of text the wanted columns are. E103, E105. */
export function shapeOf({ columns, delimiter, mapping, place }: Head, keys: readonly string[]): Shape {
  const positions = keys.map((name) => keyPosition(columns, name, place));
  return { delimiter, fields: columns.length, ...mapping.positions, keys: positions };
}

/** The formats of the files that are not plain; plain ones are ISO with a point. E204, E213, E217. */
export async function formatsOf(
  proven: readonly Proven[],
  given: GivenFormats,
  signal?: AbortSignal,
): Promise<Formats> {
  const files = unplain(proven);
  if (files.length === 0) {
    const amounts = new Amounts('.', given.round);
    return { date: DateFormat.of(ISO)!, amounts, days: null, remedies: dateRemedies(null, given.date) };
  }
  const shown = {
    iso: proven.some(({ proof, shape }) => !shape.canonical?.date && (proof.plain?.totals.records ?? 0) > 0),
    point: proven.some(({ proof, shape }) => !shape.canonical?.amount && proof.plain?.pointShown === true),
  };
  return detectFormats(files, given, shown, signal);
}

/** The remedies for dates that a given format does not read, after a look at all of them. */
export async function remediesOf(
  proven: readonly Proven[],
  given: GivenFormats,
  signal?: AbortSignal,
): Promise<DateRemedies> {
  const remedies = dateRemedies(await evidenceOfDates(unplain(proven), given, signal), given.date);
  // What fits the other files does not fit those that are plain.
  const plain = proven.some(({ proof, shape }) => proof.plain !== null && !shape.canonical?.date);
  return plain ? { ...remedies, fitting: '', instead: '' } : remedies;
}

function unplain(proven: readonly Proven[]): readonly Unplain[] {
  return proven.filter(({ proof }) => proof.plain === null).map(({ source, shape }) => ({ file: source, shape }));
}

/** Hands a plain file over, and reads any other into batches. E205, E232, E234, E235, E238, E431, E501. */
export async function loadFile(
  { source, shape, proof }: Proven,
  formats: Formats,
  rejects: Rejects,
  sink: TransactionSink,
  signal?: AbortSignal,
): Promise<{ input: FileInput; totals: ControlTotals }> {
  const { sha256, bytes } = source.original ?? proof;
  const before = rejects.total;
  let totals: ControlTotals;
  if (proof.plain) {
    totals = proof.plain.totals;
    if (totals.records > 0) await sink.handOver({ path: source.path, newline: proof.plain.newline, ...shape });
  } else totals = await parseInto(sink, source, shape, formatsIn(shape, formats), rejects, signal);
  await source.verify();
  const rejected = rejects.total - before;
  const records = totals.records + rejected;
  if (records === 0) throw new ClvError('E232', {}, { file: source.name });
  if (records !== (source.rows ?? records))
    throw new ClvError('E501', { ledger: source.rows!, reader: records, what: `rows of ${source.name}` });
  const { amount } = totals;
  return {
    input: { name: source.name, sha256, bytes, records, rejected, amount, plain: proof.plain !== null },
    totals,
  };
}

/** The formats of a file: those of all, but for columns whose text was written from typed values. */
function formatsIn({ canonical }: Shape, formats: Formats): Formats {
  return {
    ...formats,
    ...(canonical?.date && { date: DateFormat.of(ISO)! }),
    ...(canonical?.amount && { amounts: formats.amounts.withPoint() }),
  };
}

const BATCH_ROWS = 32_768;

async function parseInto(
  sink: TransactionSink,
  source: Source,
  shape: Shape,
  formats: Formats,
  rejects: Rejects,
  signal?: AbortSignal,
): Promise<ControlTotals> {
  const rows = new Rows(shape, formats, rejects);
  let header = 1;
  for await (const records of readRecords(source, shape.delimiter, signal)) {
    rows.add(records, header);
    if (records.rows.length > 0) header = 0;
    if (rows.waiting >= BATCH_ROWS) await sink.append(rows.take());
  }
  if (rows.waiting > 0) await sink.append(rows.take());
  return rows.totals.result;
}
