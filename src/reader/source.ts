import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';
import { ClvError } from '../base/errors.ts';
import { gunzip } from './gunzip.ts';
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
} from './stable-file.ts';
import { transcode } from './transcode.ts';

/** The name that stands for standard input. */
const STDIN = '-';

const READ_BYTES = 1 << 20;

/** A file to read: under its name as typed, its bytes as UTF-8 at a local path. */
export interface Source extends Located {
  /** Hash and size of what was given, when that is not what is at `path`. */
  readonly original: Fingerprint | null;
  /** Typed columns instead of text. */
  readonly columnar: boolean;
  /** E431 unless the file that was given is still the same. */
  verify(): Promise<void>;
}

export interface SourceOptions {
  readonly encoding?: string | undefined;
  readonly scratch: string;
  readonly stdin?: Readable | undefined;
  readonly onRead?: OnRead | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds a file, and copies it to the scratch directory when it is a stream, packed or not UTF-8. What a file is, its bytes
 * tell. E101, E237, E244, E245, E401, E403, E422, E431.
 */
export async function openSource(name: string, index: number, options: SourceOptions): Promise<Source> {
  const encoding = checkedEncoding(options.encoding);
  const { given, stamp } = await locate(name, index, options);
  const verify = async () => {
    if (stamp) await mustBeUnchanged(given, stamp);
  };
  const unpacked = await withoutGzip(
    { ...given, onRead: options.onRead, original: null, columnar: false, verify },
    index,
    options,
  );
  const start = await startOf(unpacked);
  if (begins(start, PARQUET)) {
    const original = unpacked.original ?? (await fingerprint(unpacked, options.signal));
    return { ...unpacked, original, columnar: true };
  }
  const from = encoding ?? encodingOf(start);
  if (from === null) return unpacked;
  const path = join(options.scratch, `decoded-${index}.csv`);
  const decoded = await transcode(unpacked, path, from, options.signal);
  return { ...unpacked, path, original: unpacked.original ?? decoded };
}

async function withoutGzip(source: Source, index: number, { scratch, signal }: SourceOptions): Promise<Source> {
  if (!begins(await startOf(source), GZIP)) return source;
  const path = join(scratch, `unpacked-${index}.csv`);
  return { ...source, path, original: await gunzip(source, path, signal) };
}

async function locate(
  name: string,
  index: number,
  options: SourceOptions,
): Promise<{ given: Located; stamp: Stamp | null }> {
  const spool = join(options.scratch, `input-${index}.csv`);
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
    await pipeline(input, createWriteStream(path, { mode: 0o600 }), { signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw systemError('E422', name, error);
  }
}

/** Null for UTF-8, which needs no copy. */
function checkedEncoding(encoding: string | undefined): string | null {
  if (encoding === undefined || /^utf-?8$/i.test(encoding)) return null;
  if (iconv.encodingExists(encoding) && !/^(base64|hex|binary)$/i.test(encoding)) return encoding;
  const values = {
    option: '--encoding',
    value: encoding,
    problem: 'is not an encoding',
    remedy: 'e.g. windows-1252, iso-8859-1, utf-16',
  };
  throw new ClvError('E101', values);
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const PARQUET = Buffer.from('PAR1');

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
    const start = Buffer.alloc(4);
    const length = await input.read(start, 0, start.length);
    return start.subarray(0, length);
  } finally {
    await input.close();
  }
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
