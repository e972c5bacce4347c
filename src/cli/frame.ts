import type { Report } from '../data/report.ts';
import { version } from '../resources.ts';
import { openOutputs } from './output/outputs.ts';
import type { Writing } from './output/writing.ts';
import { Notes } from './say/notes.ts';
import { interruptible } from './signals.ts';

/** What a command works within. */
export interface Frame {
  /** Aborted by a signal: whatever is at work stops and cleans up at once. */
  readonly signal: AbortSignal;
  readonly notes: Notes;
  /** What must be stopped elsewhere when a signal ends the run. */
  readonly atEnd: (cleanUp: () => void | Promise<void>) => void;
  /**
   * Writes the report, after what is kept beside it; nothing of either where one of the warnings fails the run.
   * @throws ClvError E143
   */
  readonly write: (report: Report, kept?: readonly (() => Promise<void>)[]) => Promise<void>;
}

/** Columns of a table where nobody says how wide it may be. */
const WIDTH = 100;

/**
 * The outputs of every command: claimed before any work, so that what cannot be written fails at once, and given back where
 * nothing is written.
 */
export async function withOutput(
  settings: Writing,
  section: string | undefined,
  work: (frame: Frame) => Promise<void>,
): Promise<void> {
  const { color, stated } = settings;
  await interruptible(async (signal, atEnd) => {
    const notes = await Notes.open(settings);
    signal.addEventListener('abort', () => notes.clear());
    const outputs = await openOutputs(settings, signal);
    const write: Frame['write'] = async (report, kept = []) => {
      notes.checkWarnings();
      for (const keep of kept) await keep();
      const options = { width: process.stdout.columns || WIDTH, color, section, run: { version: version(), stated } };
      await outputs.write(report, options, (file) => notes.writing(file));
    };
    try {
      await work({ signal, notes, atEnd, write });
    } finally {
      notes.end();
      outputs.discard();
    }
  });
}
