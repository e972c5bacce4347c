import { parse } from 'csv-parse/sync';
import { ClvError, type Place } from '../base/errors.ts';
import { type Asked, candidates, type Mapping, mapColumns, ROLES } from './columns.ts';
import { COLUMN_LIMIT, CSV_OPTIONS, FIELD_LIMIT } from './records.ts';
import { type Located, StableFile } from './stable-file.ts';
import { byteName, firstInvalid } from './utf8.ts';
import { Window } from './window.ts';

/** The first record of a file, how it is delimited, and what its columns are for. */
export interface Head {
  readonly columns: readonly string[];
  readonly delimiter: string;
  readonly mapping: Mapping;
  readonly place: Place;
}

export const DELIMITERS = [',', ';', '\t', '|'] as const;
const WORDS: Readonly<Record<string, string>> = { ',': ',', ';': "';'", '\t': "'\\t'", '|': "'|'" };

/** The head of a local UTF-8 file. E102–E108, E231, E234–E238. */
export async function readHead(file: Located, asked: Asked, delimiter: string | undefined): Promise<Head> {
  const bytes = await firstBytes(file);
  if (bytes.toString('utf8').trim() === '') throw new ClvError('E231', {}, { file: file.name });
  const window = Window.start(file, bytes);
  const end = headerEnd(bytes);
  mustBeText(bytes.subarray(0, end), window);
  if (end > FIELD_LIMIT) throw tooLarge(window.place(0), '1 MiB');
  const place = window.place(window.recordStart(0));
  const read = headers(bytes, delimiter === undefined ? DELIMITERS : [delimiter]);
  if (read.size === 0) throw unreadable(bytes, window, delimiter ?? ',');
  const fitting = [...read].filter(([, columns]) => ROLES.every((role) => candidates(columns, role, asked).length > 0));
  if (fitting.length > 1)
    throw severalFit(
      fitting.map(([mark]) => mark),
      place,
    );
  const [mark, columns] = fitting[0] ?? widest(read);
  if (columns.length > COLUMN_LIMIT) throw tooLarge(place, '10,000 columns');
  return { columns, delimiter: mark, mapping: mapColumns(columns, asked, place), place };
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

function headerEnd(bytes: Buffer): number {
  const text = bytes.findIndex((byte) => byte !== 0x0a && byte !== 0x0d);
  const end = bytes.indexOf(0x0a, Math.max(text, 0));
  return end < 0 ? bytes.length : end;
}

function mustBeText(line: Buffer, window: Window): void {
  const nul = line.indexOf(0);
  if (nul >= 0) throw new ClvError('E236', {}, window.place(nul));
  const bad = firstInvalid(line);
  if (bad >= 0) throw new ClvError('E237', { byte: byteName(line[bad]!), encoding: 'UTF-8' }, window.place(bad));
}

/** The first record under every delimiter with which it is well formed. */
export function headers(bytes: Buffer, delimiters: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const delimiter of delimiters) {
    try {
      const [record] = parse(bytes, { ...CSV_OPTIONS, delimiter, to: 1 });
      if (record)
        found.set(
          delimiter,
          record.map((name) => name.trim()),
        );
    } catch {
      // Not the delimiter: another one may fit, and if none does the fault is placed.
    }
  }
  return found;
}

export function unreadable(bytes: Buffer, window: Window, delimiter: string): ClvError {
  const at = window.quoteFault(0, delimiter);
  const unclosed = bytes[at] === 0x22 && (at === 0 || bytes[at - 1] === delimiter.charCodeAt(0));
  if (bytes.length > FIELD_LIMIT) return tooLarge(window.place(at), '1 MiB');
  return new ClvError(unclosed ? 'E234' : 'E235', {}, window.place(at));
}

function tooLarge(place: Place, limit: string): ClvError {
  return new ClvError('E238', { what: 'the header', limit }, place);
}

function severalFit(marks: readonly string[], place: Place): ClvError {
  const delimiters = marks.map((mark) => WORDS[mark] ?? mark).join(' and ');
  const options = marks.map((mark) => `--delimiter ${WORDS[mark] ?? mark}`).join(' or ');
  return new ClvError('E104', { count: marks.length, delimiters, options }, place);
}

function widest(read: ReadonlyMap<string, string[]>): [string, string[]] {
  return [...read].reduce((best, next) => (next[1].length > best[1].length ? next : best));
}
