import type { Day } from '../../base/calendar.ts';
import type { ContractCells, ContractFit, Contracts } from '../../data/contracts.ts';
import type { Length } from '../../data/subscriptions/lengths.ts';
import type { SubscriptionAsOf } from '../../data/subscriptions/terms.ts';
import { Lateness } from '../../engine/subscriptions/lateness.ts';
import { splitSegment } from '../../ledger/steps/sql.ts';

/** What subscriptions of a cell have in common. */
export interface CellKey {
  readonly segment: number;
  readonly fit: number;
  readonly tenure: number;
  readonly made: number;
  readonly lost: boolean;
  /** Days that the renewal is late, from 0; -1: it is not due; null: the run has ended. */
  readonly late: number | null;
  readonly margin: bigint;
  readonly periods: number;
}

/** Counts subscriptions by what they have in common, a subscription at a time. */
export class CellsOf {
  readonly #asOf: Day;
  readonly #keys: CellKey[] = [];
  readonly #counts: number[] = [];
  readonly #cellOf: number[] = [];
  readonly #index = new Map<string, number>();
  readonly #segments = new Map<string, number>();
  readonly #fits = new Map<string, { readonly fit: ContractFit; readonly lateness: Lateness; readonly at: number }>();

  constructor(asOf: Day) {
    this.#asOf = asOf;
  }

  /** Subscriptions so far. */
  get size(): number {
    return this.#cellOf.length;
  }

  /** @returns its cell; −1 where it has never had a term */
  add(one: SubscriptionAsOf, { margin, periods }: Pick<CellKey, 'margin' | 'periods'>): number {
    const { standing, decisions, terms } = one;
    const last = terms.runs.at(-1)?.terms.at(-1);
    if (!last) return -1;
    const { at, lateness } = this.#fitOf(last.length, one.group);
    for (const run of terms.runs) lateness.add(run, this.#asOf);
    const { state, paidUntil, paidPeriods } = standing;
    const late = state === 'ended' ? null : state === 'late' ? this.#asOf - paidUntil! : -1;
    const key = {
      segment: indexIn(this.#segments, one.segment),
      fit: at,
      tenure: paidPeriods,
      made: decisions.made,
      lost: decisions.lost,
      late,
      margin,
      periods,
    };
    const cell = indexIn(this.#index, Object.values(key).join(' '));
    this.#keys[cell] ??= key;
    this.#counts[cell] = (this.#counts[cell] ?? 0) + 1;
    this.#cellOf.push(cell);
    return cell;
  }

  done(): Pick<Contracts, 'cells' | 'cellOf'> {
    const keys = this.#keys;
    const integers = (of: (key: CellKey) => number): Int32Array => Int32Array.from(keys, of);
    const fits = [...this.#fits.values()];
    const chance = ({ late, fit }: CellKey): number =>
      late === null ? 0 : late < 0 ? 1 : fits[fit]!.lateness.chanceAfter(late);
    const sorted = [...this.#segments.keys()].sort();
    const placeOf = new Map(sorted.map((segment, i) => [segment, i]));
    const place = [...this.#segments.keys()].map((segment) => placeOf.get(segment)!);
    const cells: ContractCells = {
      length: keys.length,
      segment: integers(({ segment }) => place[segment]!),
      segments: sorted.map(splitSegment),
      fit: integers(({ fit }) => fit),
      fits: fits.map(({ fit }) => fit),
      tenure: integers(({ tenure }) => tenure),
      made: integers(({ made }) => made),
      lost: integers(({ lost }) => (lost ? 1 : 0)),
      alive: integers(({ late }) => (late === null ? 0 : 1)),
      chance: Float64Array.from(keys, chance),
      margin: keys.map(({ margin }) => margin),
      periods: integers(({ periods }) => periods),
      count: Float64Array.from(this.#counts),
    };
    return { cells, cellOf: Int32Array.from(this.#cellOf) };
  }

  #fitOf(length: Length, group: string) {
    const key = `${length.text} ${group}`;
    const found = this.#fits.get(key);
    if (found) return found;
    const made = { fit: { length, group: splitSegment(group) }, lateness: new Lateness(), at: this.#fits.size };
    this.#fits.set(key, made);
    return made;
  }
}

function indexIn(index: Map<string, number>, key: string): number {
  const known = index.get(key);
  if (known !== undefined) return known;
  index.set(key, index.size);
  return index.size - 1;
}
