import { ClvError } from '../base/errors.ts';
import type { TransactionSink } from '../data/transactions.ts';
import { Amounts } from './amounts/amounts.ts';
import { DateFormat } from './dates/dates.ts';
import { FormatEvidence, NOTHING_SHOWN } from './detect.ts';
import { formatsOf, type Loaded, loadFile, lotsOf, type OnLot, plainUnder } from './load.ts';
import type { Proven } from './proven.ts';
import type { GivenFormats } from './read-options.ts';
import { Rejects } from './rows/rejects.ts';
import type { Formats, Memory, Plan } from './rows/rows.ts';

/** Files that were read into a sink, by which formats, and what was learnt on the way. */
export interface Filled {
  readonly files: readonly Proven[];
  readonly formats: Formats;
  readonly memory: Memory;
  readonly loaded: readonly Loaded[];
}

/** Something to tell of a record that was read on trust. */
class Distrust extends Error {}

/** What files are read into, and how. */
export interface Filling {
  readonly plan: Plan;
  readonly given: GivenFormats;
  readonly sink: TransactionSink;
  /** Whether a record may be read before all formats are known: not where somebody is told of each as it is read. */
  readonly mayTrust: boolean;
  /** A memory of nothing but what the plain files have shown, which one on trust leaves as it is. */
  readonly memoryOf: (formats: Formats, onTrust: boolean) => Memory;
  readonly signal?: AbortSignal | undefined;
}

/** Reads files into a sink, after what tells their formats. As formatsOf and loadFile raise. */
export async function fill(files: readonly Proven[], filling: Filling): Promise<Filled> {
  const { plan, given, mayTrust, memoryOf, signal } = filling;
  if (mayTrust && files.every(({ proof }) => proof.plain === null)) {
    const filled = await fillOnTrust(files, filling);
    if (filled) return filled;
  }
  const formats = await formatsOf(files, plan, given, signal);
  const memory = memoryOf(formats, false);
  const known = plainUnder(files, formats);
  for (const { repeats, source } of known)
    if (repeats) memory.watch.addRepeats(repeats, { file: source.name, line: repeats.first + 1 });
  return { files: known, formats, memory, loaded: await loadAll(known, formats, memory, filling) };
}

/**
 * Reads files once instead of twice: by the formats that their first records show, while all records are looked at. Null where
 * all together show other formats, or anything is wrong with one: then nothing was read and nothing is told, and the files are
 * to be read anew when their formats are found.
 */
async function fillOnTrust(files: readonly Proven[], filling: Filling): Promise<Filled | null> {
  const { plan, given, sink, memoryOf, signal } = filling;
  const evidence = new FormatEvidence(plan, given, NOTHING_SHOWN);
  if (evidence.isGiven) return null;
  try {
    const first = await firstFormats(files, filling);
    const memory = distrustful(memoryOf(first, true));
    const loaded = await loadAll(files, first, memory, filling, (...lot) => evidence.see(...lot));
    const found = await evidence.formats(signal);
    if (areAlike(first, found))
      return { files, formats: { ...found, date: first.date, amounts: first.amounts }, memory, loaded };
  } catch (error) {
    if (!(error instanceof ClvError || error instanceof Distrust)) throw error;
  }
  await sink.forget();
  return null;
}

async function loadAll(
  files: readonly Proven[],
  formats: Formats,
  memory: Memory,
  { plan, sink, signal }: Filling,
  onLot?: OnLot,
): Promise<readonly Loaded[]> {
  const loaded: Loaded[] = [];
  for (const [number, file] of files.entries())
    loaded.push(await loadFile(file, number, plan, formats, memory, sink, signal, onLot));
  return loaded;
}

/** Of more lots than these, what comes first in a log tells too little. */
const FIRST_LOTS = 64;

/** What as many of the first records show as settle it. E204, E213, E217. */
async function firstFormats([file]: readonly Proven[], { plan, given, signal }: Filling): Promise<Formats> {
  const evidence = new FormatEvidence(plan, given, NOTHING_SHOWN);
  let lots = 0;
  for await (const lot of lotsOf(file!, signal)) {
    evidence.see(file!, lot);
    if (++lots === FIRST_LOTS || evidence.isSettled) break;
  }
  return evidence.formats(signal);
}

/** Whether both read every text alike. */
function areAlike(first: Formats, second: Formats): boolean {
  const isDate = first.date instanceof DateFormat && second.date instanceof DateFormat;
  return (
    (first.date === second.date || (isDate && first.date.name === second.date.name)) &&
    Amounts.areAlike(first.amounts, second.amounts)
  );
}

/** A memory that raises `Distrust` instead of being told what is wrong with a record. */
function distrustful(memory: Memory): Memory {
  const refuse = (): never => {
    throw new Distrust();
  };
  const { inspection } = memory;
  return {
    ...memory,
    rejects: new Rejects(refuse),
    inspection: inspection ? { ...inspection, onFault: refuse } : null,
  };
}
