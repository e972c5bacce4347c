import { Readable } from 'node:stream';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { openOutput } from './open.ts';
import { writeTo } from './target.ts';
import type { Written } from './writing.ts';

/**
 * Writes a value that is no report and has one form, JSON.
 * @param command what writes it
 * @param what it is, in words: a layout
 * @throws ClvError E118 a second file, E122 another format or a folder
 */
export async function writeJson(
  value: object,
  options: Pick<Written, 'format' | 'output' | 'outDir'>,
  command: string,
  what: string,
): Promise<void> {
  const { format, outDir } = options;
  const misfit = outDir !== undefined ? '--out-dir' : `--format ${format ?? 'json'}`;
  if (misfit !== '--format json')
    throw new ClvError('E122', {
      option: misfit,
      ...variant('E122', 'one form', { command, what: `${what} is JSON` }),
    });
  const [file, second] = options.output ?? [];
  if (second !== undefined) throw new ClvError('E118', { option: '--output' });
  await writeTo(await openOutput(file), Readable.from([`${JSON.stringify(value, null, 2)}\n`]));
}
