import { Readable } from 'node:stream';
import type { Report } from '../../data/report.ts';
import type { FormatOptions } from '../../reporter/format.ts';
import { HashedChunks } from '../manifest/hashes.ts';
import { manifestText, type Written } from '../manifest/manifest.ts';
import { claimFolder, type Filed, filesIn } from './folder.ts';
import { openOutput } from './open.ts';
import type { Output } from './target.ts';
import { type Destination, isFile, type Writing } from './writing.ts';

type Asked = Destination & Partial<Pick<Filed, 'section'>>;

interface Claimed {
  readonly asked: Asked;
  readonly output: Output;
}

/** Everything that one run writes its report to. */
export interface Outputs {
  /**
   * Writes all outputs or none: each beside its place first, then all are put in place.
   * @param onFile told of each file before it is written
   */
  write(report: Report, options: FormatOptions, onFile: (file: string | null) => void): Promise<void>;
  /** Gives the claims back where nothing is written. */
  discard(): void;
}

/** Claims all outputs before any work, so that what cannot be written fails at once. E411, E432, E461. */
export async function openOutputs({ outputs, folder, manifest }: Writing, signal: AbortSignal): Promise<Outputs> {
  const releases: (() => void)[] = [];
  const discard = () => {
    for (const release of releases.toReversed()) release();
  };
  const claimFile = async (file: string | undefined): Promise<Output> => {
    const output = await openOutput(file, signal);
    releases.push(() => output.discard());
    return output;
  };
  const claim = async (asked: Asked): Promise<Claimed> => ({ asked, output: await claimFile(asked.file) });
  const claimAll = async (all: readonly Asked[]): Promise<Claimed[]> => {
    const claimed: Claimed[] = [];
    for (const asked of all) claimed.push(await claim(asked));
    return claimed;
  };
  try {
    if (folder !== undefined) releases.push(await claimFolder(folder, signal));
    const claimed = await claimAll(outputs);
    const told = manifest && (await claimFile(manifest.file));
    const write: Outputs['write'] = async (report, options, onFile) => {
      const filed = folder === undefined ? [] : await claimAll(filesIn(folder, report));
      const places: (() => Promise<void>)[] = [];
      const written: Written[] = [];
      for (const { asked, output } of filesFirst([...filed, ...claimed])) {
        const { file, format, section = options.section } = asked;
        onFile(isFile(file) ? file : null);
        const chunks = format.write(report, { ...options, section });
        const hashed = manifest ? new HashedChunks(chunks) : null;
        places.push(await output.prepare(hashed ?? chunks));
        const name = isFile(file) ? file : null;
        if (hashed) written.push({ file: name, format: format.name, section: section ?? null, content: hashed.result });
      }
      if (manifest && told) {
        const text = await manifestText(manifest, report, written);
        places.push(await told.prepare(Readable.from([text])));
      }
      for (const place of places) await place();
    };
    return { write, discard };
  } catch (error) {
    discard();
    throw error;
  }
}

/** What has gone to a screen or into a pipe cannot be taken back, so that it goes last. */
function filesFirst(claimed: readonly Claimed[]): readonly Claimed[] {
  const ofFile = ({ asked }: Claimed): boolean => isFile(asked.file);
  return [...claimed.filter(ofFile), ...claimed.filter((one) => !ofFile(one))];
}
