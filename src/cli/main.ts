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
    const known = error instanceof ClvError ? error : new ClvError('E500', { detail: detailOf(error) });
    const { renderError } = await import('./messages-text.ts');
    process.stderr.write(renderError(known, { color: colorOn(args) }));
    return MESSAGES[known.code].exit;
  }
}

function detailOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function colorOn(args: readonly string[]): boolean {
  return process.stderr.isTTY === true && !args.includes('--no-color') && !process.env['NO_COLOR'];
}
