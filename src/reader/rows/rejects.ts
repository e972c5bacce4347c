import { ClvError, type Place, type Values } from '../../base/errors.ts';
import type { ErrorCode } from '../../base/messages.ts';

/** A record that was left out: why, where, and its text as it stands in the file. */
export interface Reject {
  readonly code: ErrorCode;
  readonly values: Values;
  readonly place: Place;
  readonly text: string;
}

export interface RejectsSummary {
  readonly total: number;
  /** The first few of each code, in file order. */
  readonly samples: readonly Reject[];
  /** How many there are of each code, in the order of their first. */
  readonly counts: ReadonlyMap<ErrorCode, number>;
}

/** How many records may be left out of all files together. */
export type RejectsLimit = { readonly count: number } | { readonly percent: number };

const SAMPLES_OF_A_CODE = 3;

/** Rows that are as they should be, but want an option or another export: more decimals, an offset, a buyer who is not named, lines of totals or headers, years of another calendar. */
const NO_ERRORS: ReadonlySet<ErrorCode> = new Set(['E202', 'E214', 'E218', 'E219', 'E221', 'E227', 'E229', 'E230']);

/** Whether all rejects are errors, which may be left out once they were looked at. */
export function areErrors(counts: RejectsSummary['counts']): boolean {
  return ![...counts.keys()].some((code) => NO_ERRORS.has(code));
}

/** Every reject is passed on in file order; the first few of each code are kept. */
export class Rejects {
  readonly #report: ((reject: Reject) => void) | undefined;
  readonly #counts = new Map<ErrorCode, number>();
  readonly #samples: Reject[] = [];
  total = 0;

  constructor(report: ((reject: Reject) => void) | undefined) {
    this.#report = report;
  }

  add(reject: Reject): void {
    this.total++;
    const count = (this.#counts.get(reject.code) ?? 0) + 1;
    this.#counts.set(reject.code, count);
    if (count <= SAMPLES_OF_A_CODE) this.#samples.push(reject);
    this.#report?.(reject);
  }

  get summary(): RejectsSummary {
    return { total: this.total, samples: this.#samples, counts: this.#counts };
  }

  /** Whether more are rejected than allowed. */
  exceed(records: number, limit: RejectsLimit | undefined): boolean {
    const allowed = limit === undefined ? 0 : 'count' in limit ? limit.count : (limit.percent * records) / 100;
    return this.total > allowed;
  }

  /** Puts values that were found out later into the samples of some codes. */
  amend(wanted: (code: ErrorCode) => boolean, values: Values): void {
    for (const [i, sample] of this.#samples.entries())
      if (wanted(sample.code)) this.#samples[i] = { ...sample, values: { ...sample.values, ...values } };
  }

  /** What can be done about rejects: never to leave out rows that are no errors. */
  get remedy(): string {
    const list = this.#report === undefined ? ', list them with --rejects FILE' : '';
    return `do what is said of each above${list}${areErrors(this.#counts) ? `, or leave them out with --max-rejects ${this.total}` : ''}`;
  }
}

/** E241, with what a person needs to see: the first few rejects of each code. */
export class RejectsError extends ClvError<'E241'> {
  readonly rejects: RejectsSummary;

  constructor(records: number, rejects: RejectsSummary, remedy: string) {
    super('E241', { rejected: rejects.total, records, remedy });
    this.rejects = rejects;
  }
}

/** Several errors that were found together: the first, with the others beside it. */
export class FaultsError extends ClvError<ErrorCode> {
  readonly others: readonly ClvError[];

  private constructor([first, ...others]: readonly [ClvError, ...ClvError[]]) {
    super(first.code, first.values, first.place);
    this.others = others;
  }

  /** Raises the faults, if there are any. */
  static check(faults: readonly ClvError[]): void {
    const [first, ...others] = faults;
    if (first) throw others.length === 0 ? first : new FaultsError([first, ...others]);
  }
}
