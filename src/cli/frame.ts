import { ClvError } from '../base/errors.ts';
import type { Report } from '../data/report.ts';
import { sectionsOf } from '../reporter/format.ts';
import { build, version } from '../resources.ts';
import { openOutputs } from './output/outputs.ts';
import type { Sections } from './output/sections.ts';
import type { Writing } from './output/writing.ts';
import { Notes } from './say/notes.ts';
import { columnsOf } from './say/terminal.ts';
import { interruptible } from './signals.ts';

/** What a command works within. */
export interface Frame {
  /** Aborted by a signal: whatever is at work stops and cleans up at once. */
  readonly signal: AbortSignal;
  readonly notes: Notes;
  /** What must be stopped elsewhere when a signal ends the run. */
  readonly atEnd: (cleanUp: () => void | Promise<void>) => void;
  /**
   * Writes the report, and what is kept beside it: nothing of either where one of the warnings fails the run, or a file of the
   * report cannot be written.
   * @throws ClvError E143, E539
   */
  readonly write: (report: Report, kept?: readonly (() => Promise<void>)[]) => Promise<void>;
  /** The same for what is kept while its report is known: work that says when it is ready to be kept, with its report. */
  readonly keeping: (work: (ready: (report: Report) => Promise<void>) => Promise<void>) => Promise<void>;
}

/**
 * The outputs of every command: claimed before any work, so that what cannot be written fails at once, and given back where
 * nothing is written.
 */
export async function withOutput(
  settings: Writing,
  sections: Sections | undefined,
  work: (frame: Frame) => Promise<void>,
): Promise<void> {
  const { color, charts, excel, stated } = settings;
  await interruptible(async (signal, atEnd) => {
    const notes = await Notes.open(settings);
    signal.addEventListener('abort', () => notes.clear());
    const outputs = await openOutputs(settings, signal);
    const prepare = (report: Report): Promise<() => Promise<void>> => {
      notes.checkWarnings();
      if (sections && build() === null) checkKnown(report, sections);
      const options = {
        width: columnsOf(process.stdout),
        color,
        charts,
        excel,
        section: sections?.asked,
        run: { version: version(), stated },
      };
      return outputs.prepare(report, options, (file) => notes.writing(file));
    };
    const write: Frame['write'] = async (report, kept = []) => {
      const place = await prepare(report);
      for (const keep of kept) await keep();
      await (kept.length === 0 ? place() : placed(place));
    };
    const keeping: Frame['keeping'] = async (work) => {
      const places: (() => Promise<void>)[] = [];
      await work(async (report) => {
        places.push(await prepare(report));
      });
      for (const place of places) await placed(place);
    };
    try {
      await work({ signal, notes, atEnd, write, keeping });
    } finally {
      notes.end();
      outputs.discard();
    }
  });
}

/** A list that was not known before the work could not have been asked for: an error of ours, for which no built program loses a report. */
function checkKnown(report: Report, { names }: Sections): void {
  const unknown = sectionsOf(report).find(({ name }) => !names.includes(name));
  if (unknown) throw new Error(`the list ${unknown.name} of clv ${report.command} is not among those known before`);
}

/** Puts the report of what has been kept in its place. E539 where that fails: what is kept stays so. */
async function placed(place: () => Promise<void>): Promise<void> {
  try {
    await place();
  } catch (error) {
    if (!(error instanceof ClvError)) throw error;
    const { detail } = error.values;
    throw detail === undefined ? error : new ClvError('E539', { detail: String(detail) }, error.place);
  }
}
