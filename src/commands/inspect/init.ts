import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { ClvError } from '../../base/errors.ts';
import { counted } from '../../base/plural.ts';
import { CONFIG_FILE } from '../../cli/config/file.ts';
import { openOutput } from '../../cli/output/open.ts';
import { writeTo } from '../../cli/output/target.ts';
import { Notes } from '../../cli/say/notes.ts';
import { withScratch } from '../../cli/scratch.ts';
import { settingsOf } from '../../cli/settings.ts';
import { interruptible } from '../../cli/signals.ts';
import { columnarEngine } from '../../ledger/registry.ts';
import { LINE_OPTIONS } from './line-options.ts';
import { type InitOptions, inspectCommand } from './options.ts';
import { type Solved, Solver } from './solve.ts';
import { attributeOf, type Values } from './typed-line.ts';

/**
 * `clv init`: writes clv.config.json with the options under which the files can be read, as `clv inspect` finds them; without
 * files, one to begin with. What had to be decided is said.
 * @throws ClvError E168 where there is one, and the first fault that no option cures
 */
export async function init(files: readonly string[], options: InitOptions): Promise<void> {
  if (existsSync(CONFIG_FILE)) throw new ClvError('E168', {}, { file: CONFIG_FILE });
  const settings = settingsOf({ ...inspectCommand().opts(), quiet: options.quiet, color: options.color });
  await interruptible(async (signal) => {
    const notes = await Notes.open(settings);
    const found = files.length === 0 ? {} : await solved(files, settings.digits, notes, signal);
    notes.clear();
    const output = await openOutput(CONFIG_FILE, signal);
    await writeTo(output, Readable.from([`${JSON.stringify(found, null, 2)}\n`]));
    notes.say(
      `${CONFIG_FILE} is written: ${counted(Object.keys(found).length, 'setting')}; docs/configuration.md has all there are`,
    );
  });
}

function solved(files: readonly string[], digits: number, notes: Notes, signal: AbortSignal) {
  const typed = inspectCommand().opts();
  return withScratch(signal, async (scratch) => {
    const read = (values: Values) => ({
      ...settingsOf({ ...typed, ...values }).read,
      scratch,
      columnar: columnarEngine(scratch),
      signal,
      onRead: (...part: Parameters<Notes['reading']>) => notes.reading(...part),
    });
    const [first] = await new Solver({ files, scratch, digits, options: read }).solve(typed as Values);
    const { reading, left, made } = first!;
    try {
      if (left.length > 0) throw left[0];
      for (const { decision, way } of made) notes.say(`decided: ${decision.about}: ${way.means}`);
      return membersOf(first!);
    } finally {
      await reading.ledger?.close();
    }
  });
}

/** Options of the line that is told, and the columns or the layout by which the files are read. */
function membersOf({ values, reading }: Solved): Readonly<Record<string, unknown>> {
  const { transactions } = reading.found;
  const layout = transactions?.description.layout?.name;
  const { customer, date, amount } = transactions!.mapping;
  const known: Values = layout === undefined ? { customer, date, amount } : { layout };
  const members = LINE_OPTIONS.map((option): [string, unknown] => {
    const name = attributeOf(option);
    return [option.slice(2), values[name] ?? known[name]];
  });
  return Object.fromEntries(members.filter(([, value]) => isSet(value)));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}
