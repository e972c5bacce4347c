import { resolve } from 'node:path';
import { ClvError } from '../../base/errors.ts';
import { withOutput } from '../../cli/frame.ts';
import { hashOf } from '../../cli/manifest/hashes.ts';
import { isSealed, SCHEMA } from '../../cli/manifest/manifest.ts';
import { writingOf } from '../../cli/output/writing.ts';
import { listOf } from '../../data/lists.ts';
import type { Column, Report } from '../../data/report.ts';
import { readWhole } from '../../reader/files/whole-file.ts';
import { heading } from '../../report/found.ts';
import { listView } from '../../report/views.ts';
import type { VerifyOptions } from './options.ts';

/** A file as a manifest tells of it. */
interface Told {
  readonly file: string | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
}

interface Manifest {
  readonly directory: string;
  readonly inputs: readonly Told[];
  readonly outputs: readonly Told[];
}

/** What has become of a file. A stream has gone by: there is nothing to hold against its hash. */
type State = 'same' | 'changed' | 'missing' | 'a stream';

interface Verified extends Told {
  readonly role: 'input' | 'output';
  readonly state: State;
}

/** `clv verify`: read the manifest → hash every file it names → report; E560, exit 1, where one is not as it was. */
export async function verify(file: string, options: VerifyOptions): Promise<void> {
  await withOutput(writingOf(options), undefined, async ({ write }) => {
    const { directory, inputs, outputs } = await readManifest(file);
    const folder = options.in ?? directory;
    const verified: Verified[] = [];
    for (const [role, told] of [['input', inputs] as const, ['output', outputs] as const])
      for (const one of told) verified.push({ ...one, role, state: await stateOf(one, folder) });
    await write(verifyReport(file, verified));
    const wrong = verified.filter(({ state }) => state === 'changed' || state === 'missing');
    if (wrong.length > 0)
      throw new ClvError('E560', { count: wrong.length, all: verified.length, file: wrong[0]!.file! }, { file });
  });
}

/** @throws ClvError E561 no manifest, E562 one that was changed, E401–E403, E422 */
async function readManifest(file: string): Promise<Manifest> {
  const text = (await readWhole(file, 'the manifest')).toString('utf8');
  const manifest = parsed(text);
  if (manifest?.['$schema'] !== SCHEMA) throw new ClvError('E561', {}, { file });
  if (!isSealed(text)) throw new ClvError('E562', {}, { file });
  return manifest as unknown as Manifest;
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Readonly<Record<string, unknown>> | null) : null;
  } catch {
    // A change may have left no JSON, which its name still tells.
    return text.includes(SCHEMA) ? { $schema: SCHEMA } : null;
  }
}

async function stateOf({ file, sha256, bytes }: Told, folder: string): Promise<State> {
  if (file === null || file === '-' || /^\/(dev|proc)\//.test(file) || sha256 === null) return 'a stream';
  try {
    const found = await hashOf(resolve(folder, file));
    return found.sha256 === sha256 && found.bytes === bytes ? 'same' : 'changed';
  } catch (error) {
    if (error instanceof ClvError && error.code === 'E401') return 'missing';
    throw error;
  }
}

export const COLUMNS: readonly Column[] = [
  { name: 'role', kind: 'text' },
  { name: 'file', kind: 'text' },
  { name: 'state', kind: 'text' },
  { name: 'bytes', kind: 'integer' },
  { name: 'sha256', kind: 'text' },
];

function verifyReport(manifest: string, verified: readonly Verified[]): Report {
  const rows = verified.map(({ role, file, state, bytes, sha256 }) => [
    role,
    file ?? '(standard output)',
    state,
    bytes === null ? null : String(bytes),
    sha256,
  ]);
  return {
    command: 'verify',
    document: [...heading('verify'), ['manifest', manifest], ['files', listOf('files', COLUMNS, rows)]],
    main: 'files',
    views: [listView(`Files of ${manifest}`, 'files', { role: 'Role', file: 'File', state: 'Is', bytes: 'Bytes' })],
  };
}
