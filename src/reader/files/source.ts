import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import type { Backslash } from '../amounts/written-amount.ts';
import { withEncodings } from '../text/encodings.ts';
import { CUT, TextCheck } from '../text/text-check.ts';
import { transcode } from '../text/transcode.ts';
import { Allowance } from './allowance.ts';
import type { Archive } from './archive.ts';
import { gunzip } from './gunzip.ts';
import { archiveKind, binaryKind, compoundKind, foreign, START_BYTES, textKind } from './kinds.ts';
import {
  type Fingerprint,
  type Located,
  mustBeUnchanged,
  type OnRead,
  openError,
  StableFile,
  type Stamp,
  stampOf,
  systemError,
  workingError,
} from './stable-file.ts';

/** The name that stands for standard input. */
const STDIN = '-';

const READ_BYTES = 1 << 20;

/** A file to read: under its name as typed, its bytes as UTF-8 at a local path. */
export interface Source extends Located {
  /** Hash and size of what was given, when that is not what is at `path`. */
  readonly original: Fingerprint | null;
  /** Typed columns instead of text. */
  readonly columnar: boolean;
  /** How its text is encoded where it was given as another than UTF-8. */
  readonly encoding?: string;
  /** The file of its bytes before they were decoded, where that is not what is at `path`. */
  readonly raw?: string;
  /** What a backslash before digits is, by the encoding that it was decoded from; absent: a backslash. */
  readonly backslash?: Backslash;
  /** How its text is delimited, where that is known without looking. */
  readonly delimiter?: string;
  /** Of a workbook whose first sheet is read: its other sheets. */
  readonly otherSheets?: readonly string[];
  /** E431 unless the file that was given is still the same. */
  verify(): Promise<void>;
}

export interface SourceOptions {
  readonly encoding?: string | undefined;
  /** Of a workbook: name of a sheet, or number of its tab. */
  readonly sheet?: string | undefined;
  readonly scratch: string;
  readonly stdin?: Readable | undefined;
  /** Whether the same files were opened before, with the same scratch directory. */
  readonly again?: boolean | undefined;
  readonly onRead?: OnRead | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds a file, and copies it to the scratch directory when it is a stream, packed, a workbook or not UTF-8. What a file is, its
 * bytes tell. An archive is the files in it.
 * E101, E237, E244, E245, E247–E250, E264–E266, E401, E403, E421, E422, E431.
 */
export async function openSource(name: string, index: number, options: SourceOptions): Promise<readonly Source[]> {
  const encoding = checkedEncoding(options.encoding);
  const { given, stamp } = await locate(name, index, options);
  const verify = async () => {
    if (stamp) await mustBeUnchanged(given, stamp);
  };
  const source = { ...given, onRead: options.onRead, original: null, columnar: false, verify };
  const size = await stampOf(given.path).then(
    (found) => Number(found.size),
    (error: unknown) => {
      throw openError(name, error);
    },
  );
  const allowance = new Allowance(name, size);
  return opened(source, { ...options, encoding, allowance, label: String(index), archived: false });
}

/** How a file is opened that may be packed in another. */
interface Opening extends Omit<SourceOptions, 'encoding'> {
  /** Null: UTF-8, or what the file says. */
  readonly encoding: string | null;
  readonly allowance: Allowance;
  /** Of names of files in the scratch directory. */
  readonly label: string;
  /** Whether it is a file in an archive. */
  readonly archived: boolean;
}

async function opened(given: Source, opening: Opening): Promise<readonly Source[]> {
  const { scratch, label, signal } = opening;
  const unpacked = await withoutGzip(given, opening);
  const start = await startOf(unpacked);
  const kind = binaryKind(start);
  if (kind === 'gzip') throw foreign({ what: 'packed with gzip twice', remedy: 'unpack it once' }, given.name);
  if (kind === 'compound') throw foreign(await compoundKind(unpacked), given.name);
  if (kind === 'zip') return inArchive(unpacked, opening);
  if (kind === 'parquet') return [{ ...(await hashed(unpacked, signal)), columnar: true }];
  if (kind !== null) throw foreign(kind, given.name);
  const from = opening.encoding ?? encodingOf(start);
  if (from === null) return [mustBeTable(unpacked, start)];
  const path = join(scratch, `decoded-${label}.csv`);
  const decoded = await explained(unpacked, () => transcode(unpacked, path, from, signal));
  const text = {
    ...unpacked,
    path,
    encoding: from,
    raw: unpacked.path,
    original: unpacked.original ?? decoded,
    backslash: backslashIn(from),
  };
  return [mustBeTable(text, await startOf(text))];
}

/** A file as UTF-8, which it is not where it is in the encoding that its system writes. E237, E421, E422, E431. */
export async function decodedFrom(
  source: Source,
  encoding: string,
  { scratch, signal }: Pick<SourceOptions, 'scratch' | 'signal'>,
): Promise<Source> {
  if (await isUtf8File(source, signal)) return source;
  const path = join(scratch, `decoded-${createHash('sha256').update(source.path).digest('hex').slice(0, 16)}.csv`);
  const decoded = await explained(source, () => transcode(source, path, encoding, signal));
  const original = source.original ?? decoded;
  return { ...source, path, encoding, raw: source.path, original, backslash: backslashIn(encoding) };
}

/** The work on a file, whose E236 and E237 name the encodings that its bytes are text in. */
export async function explained<T>(source: Pick<Source, 'path' | 'raw'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await withEncodings(error, source.raw ?? source.path);
  }
}

/** The byte of a backslash is the sign of the yen in the encodings of Japan, that of the won in those of Korea. */
function backslashIn(encoding: string): Backslash {
  const name = encoding.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (/^(shiftjis|sjis|windows31j|ms31j|cp932|ms932|csshiftjis|mskanji|xsjis|eucjp)$/.test(name)) return '¥';
  return /^(cp949|949|ms949|windows949|uhc|euckr|cseuckr|korean|ksc56011987|ksc5601|ksc56011989|isoir149|csksc56011987)$/.test(
    name,
  )
    ? '₩'
    : null;
}

async function isUtf8File(source: Source, signal: AbortSignal | undefined): Promise<boolean> {
  const input = await StableFile.open(source);
  try {
    const check = new TextCheck();
    for await (const part of input.parts(READ_BYTES, signal)) {
      const buffer = Buffer.concat([Buffer.alloc(CUT), part]);
      if (check.check(buffer, part.length) !== null) return false;
    }
    return check.check(Buffer.alloc(CUT), 0) === null;
  } finally {
    await input.close();
  }
}

/** E247 where a text is something else. */
function mustBeTable(source: Source, start: Buffer): Source {
  const kind = textKind(start);
  if (kind) throw foreign(kind, source.name);
  return source;
}

async function withoutGzip(source: Source, { scratch, label, allowance, signal }: Opening): Promise<Source> {
  if (binaryKind(await startOf(source)) !== 'gzip') return source;
  const path = join(scratch, `unpacked-${label}.csv`);
  return { ...source, path, original: await gunzip(source, path, allowance, signal) };
}

/** The table of a workbook, or the files in an archive. */
async function inArchive(source: Source, opening: Opening): Promise<readonly Source[]> {
  const { Archive } = await import('./archive.ts');
  const archive = await Archive.open(source, opening.allowance);
  try {
    const kind = archiveKind(new Set(archive.members.map(({ name }) => name.toLowerCase())), await mimetypeOf(archive));
    if (kind === 'workbook') return [await sheetOf(archive, source, opening)];
    if (kind !== null) throw foreign(kind, source.name);
    if (opening.archived) throw foreign(NESTED, source.name);
    return await membersOf(archive, source, opening);
  } finally {
    archive.close();
  }
}

const NESTED = { what: 'an archive in an archive', remedy: 'unpack it and give the files in it' };

/** What a document of some programs says it is. */
async function mimetypeOf(archive: Archive): Promise<string> {
  const member = archive.find('mimetype');
  if (!member || member.entry.uncompressedSize > START_BYTES || member.entry.isEncrypted()) return '';
  const parts: Buffer[] = [];
  for await (const part of archive.read(member)) parts.push(part);
  return Buffer.concat(parts).toString('latin1');
}

async function sheetOf(archive: Archive, source: Source, { scratch, label, sheet, signal }: Opening): Promise<Source> {
  const { convertWorkbook } = await import('./workbook/convert.ts');
  const path = join(scratch, `sheet-${label}.csv`);
  const otherSheets = await convertWorkbook(archive, sheet, path, signal);
  return { ...(await hashed(source, signal)), path, firstRow: 1, delimiter: ',', otherSheets };
}

async function membersOf(archive: Archive, source: Source, opening: Opening): Promise<readonly Source[]> {
  const { filesOf, unpack } = await import('./archive.ts');
  const sources: Source[] = [];
  for (const [i, member] of filesOf(archive).entries()) {
    const label = `${opening.label}-${i}`;
    const path = join(opening.scratch, `member-${label}`);
    const original = await unpack(archive, member, path, opening.signal);
    const one = { ...source, name: `${source.name}:${member.name}`, path, original };
    sources.push(...(await opened(one, { ...opening, label, archived: true })));
  }
  return sources;
}

async function locate(
  name: string,
  index: number,
  options: SourceOptions,
): Promise<{ given: Located; stamp: Stamp | null }> {
  const spool = join(options.scratch, `input-${index}.csv`);
  // A stream gives its content once.
  if (options.again === true && existsSync(spool)) return { given: { name, path: spool }, stamp: null };
  if (name === STDIN) {
    await copy(options.stdin ?? process.stdin, name, spool, options.signal);
    return { given: { name, path: spool }, stamp: null };
  }
  try {
    const found = await stat(name);
    if (!found.isFile()) {
      await copy(createReadStream(name), name, spool, options.signal);
      return { given: { name, path: spool }, stamp: null };
    }
    return { given: { name, path: resolve(name) }, stamp: await stampOf(name) };
  } catch (error) {
    if (error instanceof ClvError || options.signal?.aborted) throw error;
    throw openError(name, error);
  }
}

async function copy(input: Readable, name: string, path: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await pipeline(input, createWriteStream(`${path}.part`, { mode: 0o600 }), { signal });
    await rename(`${path}.part`, path);
  } catch (error) {
    if (signal?.aborted) throw error;
    const { syscall, path: at = '' } = error as NodeJS.ErrnoException;
    const reading = syscall === undefined || syscall === 'read' || (syscall === 'open' && !at.startsWith(path));
    throw reading ? systemError('E422', name, error) : workingError(path, error);
  }
}

/** Null for UTF-8, which needs no copy. */
function checkedEncoding(encoding: string | undefined): string | null {
  if (encoding === undefined || /^utf-?8$/i.test(encoding)) return null;
  if (iconv.encodingExists(encoding) && !/^(base64|hex|binary)$/i.test(encoding)) return encoding;
  throw new ClvError('E101', { option: '--encoding', value: encoding, ...variant('E101', 'no encoding') });
}

function begins(start: Buffer, mark: Buffer): boolean {
  return start.subarray(0, mark.length).equals(mark);
}

const MARKS: readonly (readonly [string, Buffer])[] = [
  ['utf-32le', Buffer.from([0xff, 0xfe, 0, 0])],
  ['utf-32be', Buffer.from([0, 0, 0xfe, 0xff])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];

/** The encoding that a byte order mark tells, if it is not UTF-8. */
export function encodingOf(start: Buffer): string | null {
  return MARKS.find(([, mark]) => begins(start, mark))?.[0] ?? null;
}

/** The first bytes of a file: enough to tell what it is. */
async function startOf(file: Located): Promise<Buffer> {
  const input = await StableFile.open(file);
  try {
    const start = Buffer.alloc(START_BYTES);
    const length = await input.read(start, 0, start.length);
    return start.subarray(0, length);
  } finally {
    await input.close();
  }
}

/** With hash and size of what is at its path, unless it was unpacked there. */
async function hashed(source: Source, signal?: AbortSignal): Promise<Source> {
  return { ...source, original: source.original ?? (await fingerprint(source, signal)) };
}

async function fingerprint(file: Located, signal?: AbortSignal): Promise<Fingerprint> {
  const input = await StableFile.open(file);
  try {
    const hash = createHash('sha256');
    for await (const part of input.parts(READ_BYTES, signal)) hash.update(part);
    await input.finish();
    return { sha256: hash.digest('hex'), bytes: input.bytes };
  } finally {
    await input.close();
  }
}
