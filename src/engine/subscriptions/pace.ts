import type { Pace, Unfit } from '../../data/contracts.ts';
import { LENGTHS, type Length } from '../../data/subscriptions/lengths.ts';
import type { SubscriptionAsOf, Term } from '../../data/subscriptions/terms.ts';

/** Gaps of a subscription between so much and so much of its length fit it. */
const FITS = { least: 0.5, most: 1.5 };
/** One gap alone may be a lapse and a return: it tells of another length only within so much of that. */
const CLOSE = 0.05;
/** Where so many of the subscriptions seem to be of another length, they are: of those with a single gap, and of all. */
const SHARE = 0.05;
/** Lines that a subscription must have for their days to tell of another length: the first and the last may be stubs. */
const MIN_LINES = 3;
/** Most subscriptions that are kept to be named. */
const NAMED = 10;

/** Tells subscriptions apart whose payments do not come at the pace of their length. */
export class PaceOf {
  readonly #ofLines: boolean;
  #certain: Unfit[] = [];
  #likely: Unfit[] = [];
  #counts = { certain: 0, likely: 0, single: 0, repeated: 0, clear: 0 };

  /** @param ofLines whether terms are those of invoice lines, which tell by the days that they cover */
  constructor(ofLines = false) {
    this.#ofLines = ofLines;
  }

  add({ customer, terms }: SubscriptionAsOf): void {
    // A free month is a term like others: the renewal after it is not late.
    const paid = terms.runs.flatMap((run) => run.terms.filter(({ counts }) => counts));
    const { length } = paid.at(-1) ?? {};
    const gaps = this.#ofLines ? coveredDays(paid, length) : gapsBetween(paid, length);
    if (!length || gaps.length === 0) return;
    const gap = median(gaps);
    this.#counts.repeated++;
    if (gaps.length === 1) this.#counts.single++;
    if (fitsLength(gap, length)) return;
    const other = nearestLength(gap);
    const isNear = other.text !== length.text && Math.abs(gap - other.days) <= CLOSE * other.days;
    const unfit = { customer, gap, length, other };
    if (gaps.length > 1) {
      this.#counts.certain++;
      if (isNear) this.#counts.clear++;
      if (this.#certain.length < NAMED) this.#certain.push(unfit);
    } else if (isNear) {
      this.#counts.likely++;
      if (this.#likely.length < NAMED) this.#likely.push(unfit);
    }
  }

  done(): Pace {
    const { certain, likely, single, repeated, clear } = this.#counts;
    const believed = likely > 1 && likely > SHARE * single;
    return {
      ofLines: this.#ofLines,
      count: certain + (believed ? likely : 0),
      unfit: [...this.#certain, ...(believed ? this.#likely : [])],
      isOther: clear + (believed ? likely : 0) > SHARE * repeated,
    };
  }
}

/** A gap is held against what was paid before it: a plan may have changed since. */
function gapsBetween(paid: readonly Term[], length: Length | undefined): readonly number[] {
  return paid.slice(0, -1).flatMap((term, i) => (term.length === length ? [paid[i + 1]!.paid - term.paid] : []));
}

/** Without the shortest, which may be a stub; none where they are too few to tell. */
function coveredDays(paid: readonly Term[], length: Length | undefined): readonly number[] {
  const days = paid.flatMap((term) => (term.length === length ? [term.until - term.from] : []));
  return days.length < MIN_LINES ? [] : days.sort((a, b) => a - b).slice(1);
}

/** Whether payments so many days apart may be those of a length. */
export function fitsLength(gap: number, { days }: Length): boolean {
  return gap >= FITS.least * days && gap <= FITS.most * days;
}

/** The length whose days are nearest to a gap, by their ratio. */
export function nearestLength(gap: number, lengths: readonly Length[] = LENGTHS): Length {
  const off = ({ days }: Length): number => Math.abs(Math.log(gap / days));
  return lengths.reduce((best, one) => (off(one) < off(best) ? one : best));
}

/** The lower of two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}
