import { parse } from 'csv-parse/sync';
import { choicesOf } from '../base/choices.ts';
import { ClvError, type Place } from '../base/errors.ts';
import { shellWord } from '../base/shell.ts';
import { type Located, StableFile } from './files/stable-file.ts';
import type { Layout } from './layouts/layout.ts';
import { type Choice, knows, matching } from './layouts/match.ts';
import { innerText, withoutExcelText } from './text/excel-text.ts';
import { COLUMN_LIMIT, CSV_OPTIONS, FIELD_LIMIT, QUOTING } from './text/records.ts';
import { withoutDirection } from './text/text-fold.ts';
import { byteName, firstInvalid } from './text/utf8.ts';
import { Window } from './text/window.ts';

/** The header of a file, how it is delimited, and the layout that it is known by. */
export interface Head {
  readonly columns: readonly string[];
  readonly delimiter: string;
  readonly place: Place;
  readonly layout: Layout | null;
  /** Records up to the first of data: the header, and notes above it. */
  readonly skip: number;
  /** What stands above the header, and where. */
  readonly notes: readonly (readonly string[])[];
  readonly notePlaces: readonly Place[];
}

/** What makes a record a header. */
export interface WantedHeader {
  readonly delimiter: string | undefined;
  readonly layouts: Choice;
  /** Whether a record names all that is asked for, by option or as columns usually are. */
  readonly fits: (columns: readonly string[]) => boolean;
}

export const DELIMITERS = [',', ';', '\t', '|'] as const;
/** The first line of a file that names its delimiter, as spreadsheets read it. */
const DELIMITER_LINE = /^(?:\ufeff)?"?sep=([^\r\n"])"?(?:\r\n|\n|\r)/i;
/** The header is looked for in so many records. */
const SEARCHED = 40;

/**
 * The head of a local UTF-8 file: the first record that a layout knows, else the first that fits, else the first.
 * E104, E231, E234–E238, E222, E223.
 */
export async function readHead(file: Located, wanted: WantedHeader): Promise<Head> {
  const bytes = await firstBytes(file);
  if (bytes.toString('utf8').trim() === '') throw new ClvError('E231', {}, { file: file.name });
  const window = Window.start(file, bytes);
  const end = headerEnd(bytes);
  const nul = bytes.subarray(0, end).indexOf(0);
  if (nul >= 0) throw new ClvError('E236', { remedy: '' }, window.place(nul));
  if (end > FIELD_LIMIT) throw tooLarge(window.place(0), '1 MiB');
  const named = DELIMITER_LINE.exec(bytes.toString('utf8', 0, 32));
  const delimiter = wanted.delimiter ?? named?.[1];
  const read = topOf(bytes, delimiter === undefined ? DELIMITERS : [delimiter]);
  if (read.size === 0) throw unreadable(bytes, window, delimiter ?? ',');
  const { at, mark, layout } = headerIn(read, wanted, window, named ? 1 : 0);
  const { records, starts } = read.get(mark)!;
  // A layout may say which encoding it is, when all of the file is looked at.
  if (layout?.encoding === undefined) mustBeUtf8(bytes.subarray(0, starts[at + 1] ?? bytes.length), window);
  const place = window.place(window.recordStart(starts[at]!));
  const columns = records[at]!;
  if (columns.length > COLUMN_LIMIT) throw tooLarge(place, '10,000 columns');
  const notePlaces = starts.slice(0, at).map((start) => window.place(window.recordStart(start)));
  return { columns, delimiter: mark, place, layout, skip: at + 1, notes: records.slice(0, at), notePlaces };
}

/** The first records under a delimiter, with the offset at which each begins. */
interface Top {
  readonly records: readonly string[][];
  readonly starts: readonly number[];
}

interface Found {
  readonly at: number;
  readonly mark: string;
  readonly layout: Layout | null;
}

/** @param first the first record that may be one */
function headerIn(
  read: ReadonlyMap<string, Top>,
  { layouts, fits }: WantedHeader,
  window: Window,
  first: number,
): Found {
  const placeAt = (mark: string, at: number): Place => window.place(window.recordStart(read.get(mark)!.starts[at]!));
  const known = knownIn(read, layouts, placeAt, first);
  if (known) return known;
  for (let at = first; at < SEARCHED; at++) {
    const fitting = [...read].filter(([, { records }]) => records[at] !== undefined && fits(records[at]!));
    if (fitting.length > 1)
      throw severalFit(
        fitting.map(([mark]) => mark),
        placeAt(fitting[0]![0], at),
      );
    if (fitting.length === 1) return { at, mark: fitting[0]![0], layout: null };
  }
  return { at: hasRecord(read, first) ? first : 0, mark: widest(read), layout: null };
}

function hasRecord(read: ReadonlyMap<string, Top>, at: number): boolean {
  return [...read.values()].every(({ records }) => records[at] !== undefined);
}

/** E222: two layouts know the header; E223: the one that was asked for does not. */
function knownIn(
  read: ReadonlyMap<string, Top>,
  choice: Choice,
  placeAt: (mark: string, at: number) => Place,
  first: number,
): Found | null {
  for (let at = first; at < SEARCHED; at++) {
    for (const [mark, { records }] of read) {
      const layout = records[at] === undefined ? null : onlyLayout(records[at]!, choice, () => placeAt(mark, at));
      if (layout) return { at, mark, layout };
    }
  }
  const mark = widest(read);
  mustNotBeAsked(read.get(mark)!.records[0]!, choice, placeAt(mark, 0));
  return null;
}

/** The layout of a header of typed columns. E222, E223. */
export function layoutOf(header: readonly string[], choice: Choice, place: Place): Layout | null {
  const layout = onlyLayout(header, choice, () => place);
  if (layout === null) mustNotBeAsked(header, choice, place);
  return layout;
}

function onlyLayout(header: readonly string[], choice: Choice, place: () => Place): Layout | null {
  const found = matching(header, choice);
  if (found.length < 2) return found[0] ?? null;
  const names = found.map(({ name }) => name);
  const options = choicesOf('--layout', names);
  throw new ClvError('E222', { layouts: names.join(' and '), options }, place());
}

/** E223 where a layout was asked for that does not know the header. */
function mustNotBeAsked(header: readonly string[], choice: Choice, place: Place): void {
  if (!choice.named) return;
  const [layout] = choice.layouts;
  const missing = layout!.match.columns.filter((name) => !knows(header, name, layout!));
  const values = { layout: layout!.name, columns: header.join(', '), missing: missing.join(', ') };
  throw new ClvError('E223', values, place);
}

/** Enough of a file to hold its header, at most a field limit and a bit. */
async function firstBytes(file: Located): Promise<Buffer> {
  const input = await StableFile.open(file);
  try {
    const bytes = Buffer.alloc(FIELD_LIMIT + 1);
    let length = 0;
    for (let read = 1; read > 0 && length < bytes.length; length += read) {
      read = await input.read(bytes, length, bytes.length - length);
    }
    return bytes.subarray(0, length);
  } finally {
    await input.close();
  }
}

/** Where the first line with text ends, in LF, CRLF or a lone CR. */
function headerEnd(bytes: Buffer): number {
  const isBreak = (byte: number): boolean => byte === 0x0a || byte === 0x0d;
  const text = bytes.findIndex((byte) => !isBreak(byte));
  const end = bytes.subarray(Math.max(text, 0)).findIndex(isBreak);
  return end < 0 ? bytes.length : Math.max(text, 0) + end;
}

function mustBeUtf8(top: Buffer, window: Window): void {
  const bad = firstInvalid(top);
  if (bad >= 0)
    throw new ClvError('E237', { byte: byteName(top[bad]!), encoding: 'UTF-8', remedy: '' }, window.place(bad));
}

/** The first records under every delimiter with which the very first is well formed. */
function topOf(bytes: Buffer, delimiters: readonly string[]): Map<string, Top> {
  const found = new Map<string, Top>();
  for (const delimiter of delimiters) {
    const records: string[][] = [];
    const starts: number[] = [];
    let end = 0;
    const keep = (record: string[], { bytes: offset }: { bytes: number }): null => {
      records.push(record.map((name) => withoutDirection(innerText(name.trim())).trim()));
      starts.push(end);
      end = offset;
      return null;
    };
    try {
      parse(withoutExcelText(bytes, delimiter), { ...CSV_OPTIONS, delimiter, to: SEARCHED, on_record: keep });
    } catch {
      // What comes before the fault may hold the header; the fault itself is placed when the records are read.
    }
    if (records.length > 0) found.set(delimiter, { records, starts });
  }
  return found;
}

/** The first record under every delimiter with which it is well formed. */
export function headers(bytes: Buffer, delimiters: readonly string[]): Map<string, string[]> {
  return new Map([...topOf(bytes, delimiters)].map(([delimiter, { records }]) => [delimiter, records[0]!]));
}

export function unreadable(bytes: Buffer, window: Window, delimiter: string): ClvError {
  const at = window.quoteFault(0, delimiter);
  const unclosed = bytes[at] === 0x22 && (at === 0 || bytes[at - 1] === delimiter.charCodeAt(0));
  if (bytes.length > FIELD_LIMIT) return tooLarge(window.place(at), '1 MiB');
  return new ClvError(unclosed ? 'E234' : 'E235', { remedy: QUOTING }, window.place(at));
}

function tooLarge(place: Place, limit: string): ClvError {
  return new ClvError('E238', { what: 'the header', limit }, place);
}

function severalFit(marks: readonly string[], place: Place): ClvError {
  const words = marks.map((mark) => (mark === '\t' ? '\\t' : mark));
  const delimiters = words.map(shellWord).join(' and ');
  return new ClvError('E104', { count: marks.length, delimiters, options: choicesOf('--delimiter', words) }, place);
}

function widest(read: ReadonlyMap<string, Top>): string {
  return [...read].reduce((best, next) => (next[1].records[0]!.length > best[1].records[0]!.length ? next : best))[0];
}
