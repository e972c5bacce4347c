import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type Entry, getFileNameLowLevel, openPromise, validateFileName, type ZipFile } from 'yauzl';
import { ClvError } from '../../base/errors.ts';
import { type Variant, type VariantValues, variant } from '../../base/message-text.ts';
import type { Allowance } from './allowance.ts';
import { type Fingerprint, type Located, systemError, workingError } from './stable-file.ts';

/** A file in an archive. */
export interface Member {
  readonly name: string;
  readonly entry: Entry;
}

/** Most files that an archive may hold. */
const MEMBERS = 10_000;

/** A zip archive, read member by member, each checked by its size and check sum. The names lead nowhere out of it. */
export class Archive {
  readonly file: Located;
  /** Without folders, in the byte order of their names. */
  readonly members: readonly Member[];
  readonly allowance: Allowance;
  readonly #zip: ZipFile;

  private constructor(file: Located, zip: ZipFile, members: readonly Member[], allowance: Allowance) {
    this.file = file;
    this.members = members;
    this.allowance = allowance;
    this.#zip = zip;
  }

  /** E248, E265. */
  static async open(file: Located, allowance: Allowance): Promise<Archive> {
    const zip = await attempt(file.name, () => openPromise(file.path, { autoClose: false, decodeStrings: false }));
    try {
      if (zip.entryCount > MEMBERS) throw broken(file.name, 'many files', { limit: MEMBERS.toLocaleString('en') });
      return new Archive(file, zip, await attempt(file.name, () => membersOf(file.name, zip)), allowance);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** By its name, whatever its case. */
  find(name: string): Member | undefined {
    return this.members.find((member) => member.name.toLowerCase() === name.toLowerCase());
  }

  /** The content of a member, part by part. E245, E248, E422. */
  async *read({ name, entry }: Member, signal?: AbortSignal): AsyncGenerator<Buffer> {
    const { file, allowance } = this;
    if (entry.isEncrypted()) throw broken(file.name, 'encrypted');
    if (!entry.canDecodeFileData()) throw broken(file.name, 'other method', { method: entry.compressionMethod });
    let sum = 0;
    try {
      for await (const part of await this.#zip.openReadStreamPromise(entry)) {
        signal?.throwIfAborted();
        allowance.take((part as Buffer).length);
        sum = crc32(part as Buffer, sum);
        yield part as Buffer;
      }
    } catch (error) {
      throw signal?.aborted ? error : failure(file.name, error);
    }
    if (sum !== entry.crc32) throw broken(file.name, 'other content', { name });
  }

  close(): void {
    this.#zip.close();
  }
}

/** E248. */
function broken<V extends Variant<'E248'>>(file: string, fault: V, ...values: VariantValues<'E248', V>): ClvError {
  return new ClvError('E248', variant('E248', fault, ...values), { file });
}

async function membersOf(file: string, zip: ZipFile): Promise<readonly Member[]> {
  const members = new Map<string, Member>();
  for await (const entry of zip.eachEntry()) {
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
    if (validateFileName(name) !== null) throw new ClvError('E265', { member: name, how: 'outside of it' }, { file });
    if (name.endsWith('/')) continue;
    if (isLink(entry)) throw new ClvError('E265', { member: name, how: 'as a link to another file' }, { file });
    if (members.has(name)) throw broken(file, 'name twice', { name });
    members.set(name, { name, entry });
  }
  return [...members.values()].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

/** By the mode of Unix, which stands in the upper half. */
function isLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

async function attempt<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failure(file, error);
  }
}

/** The system's errors have codes of their own; the others are about what is in the archive. */
function failure(file: string, error: unknown): unknown {
  if (error instanceof ClvError) return error;
  const { code = 'Z_', message } = error as NodeJS.ErrnoException;
  if (!code.startsWith('Z_') && !code.startsWith('ERR_')) return systemError('E422', file, error);
  if (/encrypt/.test(message)) return broken(file, 'encrypted');
  if (/multi-disk/.test(message)) return broken(file, 'one part');
  return broken(file, 'damaged');
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** The check sum of zip, continued; Node has one of its own from 20.15 on. */
function crc32(bytes: Buffer, before: number): number {
  let sum = ~before;
  for (let i = 0; i < bytes.length; i++) sum = TABLE[(sum ^ bytes[i]!) & 0xff]! ^ (sum >>> 8);
  return ~sum >>> 0;
}

/** The files of one export in an archive, which must be of one kind; hidden ones are nowhere. E248, E249. */
export function filesOf({ file, members }: Archive): readonly Member[] {
  const files = members.filter(({ name }) => !name.split('/').some((part) => /^[._]/.test(part)));
  const kinds = [...new Set(files.map(({ name }) => endingOf(name)))];
  if (kinds.length > 1) throw new ClvError('E249', { kinds: kinds.join(', ') }, { file: file.name });
  if (files.length === 0) throw new ClvError('E248', variant('E248', 'no file'), { file: file.name });
  return files;
}

/** How a name ends, as `*.csv`; `*.csv.gz` is a kind of its own. */
function endingOf(name: string): string {
  const ending = /(\.\w+)?\.gz$|\.\w+$/.exec(name.toLowerCase())?.[0];
  return ending === undefined ? '(no ending)' : `*${ending}`;
}

/** Writes a member to a path; hash and size of it. E245, E248, E421. */
export async function unpack(
  archive: Archive,
  member: Member,
  path: string,
  signal?: AbortSignal,
): Promise<Fingerprint> {
  const output = await open(path, 'w', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const part of archive.read(member, signal)) {
      hash.update(part);
      bytes += part.length;
      await output.writeFile(part);
    }
    return { sha256: hash.digest('hex'), bytes };
  } catch (error) {
    throw signal?.aborted ? error : workingError(path, error);
  } finally {
    await output.close();
  }
}
