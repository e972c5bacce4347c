import { CommanderError } from '@commander-js/extra-typings';
import { ClvError } from '../base/errors.ts';
import { MESSAGES } from '../base/messages.ts';
import { program } from './program.ts';

/** Runs the command that was typed; returns the exit code. Everything that fails is told here, once, on stderr. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    await program().parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const color = process.stderr.isTTY === true && !args.includes('--no-color') && !process.env['NO_COLOR'];
    const { text, code } = await failure(error, color);
    process.stderr.write(text);
    return code;
  }
}

/** What is said of an error, and its exit code. What we did not raise on purpose is a bug of ours: E500. */
export async function failure(error: unknown, color: boolean): Promise<{ text: string; code: number }> {
  const [{ renderError, renderRejects }, { RejectsError }] = await Promise.all([
    import('./errors-text.ts'),
    import('../reader/rejects.ts'),
  ]);
  const known = error instanceof ClvError ? error : new ClvError('E500', { detail: detailOf(error) });
  const rejects = known instanceof RejectsError ? renderRejects(known.rejects, { color }) : '';
  return { text: rejects + renderError(known, { color }), code: MESSAGES[known.code].exit };
}

function detailOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
