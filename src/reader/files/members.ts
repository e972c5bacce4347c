import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import type { Archive, Member } from './archive.ts';
import { type Fingerprint, systemError } from './stable-file.ts';

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
      await output.write(part);
    }
    return { sha256: hash.digest('hex'), bytes };
  } catch (error) {
    throw error instanceof ClvError || signal?.aborted ? error : systemError('E421', archive.file.name, error);
  } finally {
    await output.close();
  }
}
