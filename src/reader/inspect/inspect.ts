import { ClvError } from '../../base/errors.ts';
import { type ErrorCode, MESSAGES } from '../../base/messages.ts';
import type { TransactionSink } from '../../data/transactions.ts';
import type { Input } from '../proven.ts';
import type { ReadOptions } from '../read-options.ts';
import { RejectsError, type RejectsSummary } from '../rows/rejects.ts';
import { type OpenTransactions, openInputs, type Surveyed, understoodInputs } from '../transactions.ts';
import { type Profile, profileOf } from './profile.ts';

export type { Input } from '../proven.ts';
export type { OpenTransactions, Surveyed } from '../transactions.ts';

/** What reading the files under some options finds: as far as it comes, with everything that `load` would refuse. */
export interface Inspected {
  readonly inputs: readonly Input[];
  /** Null where the header is not understood. */
  readonly transactions: OpenTransactions | null;
  /** Null where a fault ended the reading. */
  readonly surveyed: Surveyed | null;
  readonly faults: readonly ClvError[];
}

/** Usage that is of the file and not of what was typed. */
const OF_FILES: ReadonlySet<ErrorCode> = new Set(['E102', 'E103', 'E104', 'E108', 'E124']);

function isOfFiles(error: unknown): error is ClvError {
  return error instanceof ClvError && (MESSAGES[error.code].exit === 65 || OF_FILES.has(error.code));
}

/** Reads all that can be read into a sink. What is wrong with the files is told, anything else is raised as by every command. */
export async function inspectFiles(
  files: readonly string[],
  options: ReadOptions,
  sink: TransactionSink,
): Promise<Inspected> {
  const inputs: Input[] = [];
  let transactions: OpenTransactions | null = null;
  let surveyed: Surveyed | null = null;
  try {
    transactions = await understoodInputs(await openInputs(files, options, inputs), options);
    surveyed = withoutEnding(await transactions.survey(sink));
  } catch (error) {
    if (!isOfFiles(error)) throw error;
    return { inputs, transactions, surveyed, faults: [error] };
  }
  const { faults, excess } = surveyed;
  return { inputs, transactions, surveyed, faults: excess ? [excess, ...faults] : faults };
}

/** Rows in a second currency end a reading, which is told as its fault: they are no rows that could be left out. */
function withoutEnding(surveyed: Surveyed): Surveyed {
  const { result, excess } = surveyed;
  if (!result.rejects.counts.has('E205')) return surveyed;
  const rejects = rejectsBut('E205', result.rejects);
  const { records, remedy } = excess?.values ?? {};
  const others = excess && rejects.total > 0 ? new RejectsError(Number(records), rejects, String(remedy)) : null;
  return { ...surveyed, result: { ...result, rejects }, excess: others };
}

function rejectsBut(ending: ErrorCode, { total, samples, counts }: RejectsSummary): RejectsSummary {
  return {
    total: total - (counts.get(ending) ?? 0),
    samples: samples.filter(({ code }) => code !== ending),
    counts: new Map([...counts].filter(([code]) => code !== ending)),
  };
}

/** What the columns of the files hold: of those of typed columns, what was read of them. */
export async function profileInputs(
  { inputs, surveyed }: Pick<Inspected, 'inputs' | 'surveyed'>,
  signal?: AbortSignal,
): Promise<Profile | null> {
  const [first] = inputs;
  if (!first) return null;
  const { columns: header } = first.head;
  if (first.columnar === null) {
    // As they were read, where they were: fields like ="0812" need a copy.
    const files = inputs.map(({ source, head: { delimiter, skip } }, i) => ({
      source: surveyed?.texts[i]?.source ?? source,
      delimiter,
      skip,
    }));
    return profileOf(files, header.length, signal);
  }
  if (!surveyed) return null;
  const { texts, names } = surveyed;
  const profile = await profileOf(texts, names.length, signal);
  return { ...profile, columns: header.map((name) => profile.columns[names.indexOf(name)] ?? null) };
}
