import { Readable } from 'node:stream';
import { CommanderError } from '@commander-js/extra-typings';
import { ClvError } from './base/errors.ts';
import { shortage } from './base/faults.ts';
import { asksForAll } from './cli/say/help.ts';
import { hasColors } from './cli/say/terminal.ts';
import { program } from './program.ts';

/** What tells of errors: loaded before there is one, which may be that no more files can be opened. */
const telling = () =>
  Promise.all([import('./cli/say/errors.ts'), import('./reader/rows/rejects.ts'), import('./base/messages.ts')]);

/** Runs the command that was typed; returns the exit code. Everything that fails is told here, once, on stderr. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    await run(args);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return 2;
    const color = hasColors(process.stderr) && !args.includes('--no-color');
    const { text, code } = await failure(error, color);
    process.stderr.write(text);
    return code;
  }
}

/** Help and version go the way of all output: into a closed pipe in silence, onto a full disk as an error. */
async function run(args: readonly string[]): Promise<void> {
  const asked: string[] = [];
  try {
    await program((text) => asked.push(text), asksForAll(args), telling, args[0]).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
    const [{ openOutput }, { writeTo }] = await Promise.all([
      import('./cli/output/open.ts'),
      import('./cli/output/target.ts'),
    ]);
    await writeTo(await openOutput(), Readable.from(asked));
  }
}

/**
 * What is said of an error, and its exit code. What we did not raise on purpose, and is nothing that the machine lacks, is a bug of
 * ours: E500.
 */
export async function failure(error: unknown, color: boolean): Promise<{ text: string; code: number }> {
  const [{ renderError, renderRejects }, { RejectsError }, { MESSAGES }] = await telling();
  const known =
    error instanceof ClvError ? error : (shortage(error, null) ?? new ClvError('E500', { detail: detailOf(error) }));
  const rejects = known instanceof RejectsError ? renderRejects(known.rejects, { color }) : '';
  return { text: rejects + renderError(known, { color }), code: MESSAGES[known.code].exit };
}

function detailOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
