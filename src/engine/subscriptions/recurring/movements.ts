import type { Day } from '../../../base/calendar.ts';
import type { Change, Movement, MovementLine, Step, Timeline } from '../../../data/subscriptions/movements.ts';
import { withTransfers } from './transfers.ts';

/** How movements are named. */
export interface MovementRules {
  /** Days within which a customer who comes back is one who came back; later ones are new. Null: always. */
  readonly backWithin: number | null;
}

/** What each subscription of a customer is worth and is, as of a day. */
type Standing = Pick<Change, 'value' | 'segment' | 'kind'>;

const NOTHING: Standing = { value: 0n, segment: '', kind: 'ended' };

/**
 * The days on which the recurring revenue of a customer moved. Two events of a day are one; pauses and rates of currencies
 * come first, what is left is named by what he was worth before and after.
 */
export function stepsOf(timelines: readonly Pick<Timeline, 'changes'>[], rules: MovementRules): Step[] {
  const standing = timelines.map((): Standing => NOTHING);
  const next = timelines.map(() => 0);
  const steps: Step[] = [];
  let lastAbove: Day | null = null;
  for (;;) {
    const day = earliest(timelines, next);
    if (day === null) return steps;
    const before = [...standing];
    const changed: Changed[] = [];
    for (const [i, { changes }] of timelines.entries()) {
      let fx = 0n;
      for (; changes[next[i]!]?.day === day; next[i]!++) {
        fx += changes[next[i]!]!.fx;
        standing[i] = changes[next[i]!]!;
      }
      if (standing[i] !== before[i]) changed.push({ before: before[i]!, after: standing[i]!, fx });
    }
    const known = lastAbove !== null && (rules.backWithin === null || day - lastAbove <= rules.backWithin);
    const step = stepOf(day, before, standing, changed, known);
    if (step) steps.push(step);
    if (total(standing) > 0n) lastAbove = Number.POSITIVE_INFINITY;
    else if (total(before) > 0n) lastAbove = day;
  }
}

interface Changed {
  readonly before: Standing;
  readonly after: Standing;
  readonly fx: bigint;
}

function earliest(timelines: readonly Pick<Timeline, 'changes'>[], next: readonly number[]): Day | null {
  let day: Day | null = null;
  for (const [i, { changes }] of timelines.entries()) {
    const one = changes[next[i]!];
    if (one && (day === null || one.day < day)) day = one.day;
  }
  return day;
}

function total(standing: readonly Standing[]): bigint {
  return standing.reduce((sum, { value }) => sum + value, 0n);
}

function stepOf(
  day: Day,
  before: readonly Standing[],
  after: readonly Standing[],
  changed: readonly Changed[],
  known: boolean,
): Step | null {
  const told: Movement[] = [];
  const rest = new Map<string, bigint>();
  const add = (segment: string, amount: bigint): unknown => rest.set(segment, (rest.get(segment) ?? 0n) + amount);
  const tell = (line: MovementLine, segment: string, amount: bigint): void => {
    if (amount !== 0n) told.push({ line, segment, amount });
  };
  for (const { before: from, after: to, fx } of changed) {
    if (to.kind === 'paused') tell('paused', from.segment, -from.value);
    else if (from.kind === 'paused' && to.kind === 'paid') tell('resumed', to.segment, to.value);
    else if (from.value > 0n && to.value > 0n) {
      tell('fx', to.segment, fx);
      if (from.segment !== to.segment) {
        tell('transfer', from.segment, -from.value);
        tell('transfer', to.segment, from.value);
      }
      add(to.segment, to.value - from.value - fx);
    } else add(to.value > 0n ? to.segment : from.segment, to.value - from.value);
  }
  const { transfers, left } = withTransfers(rest);
  const line = lineOf(before, after, told, known);
  for (const { segment, amount } of transfers) tell('transfer', segment, amount);
  for (const { segment, amount } of left) tell(amount > 0n ? line.up : line.down, segment, amount);
  if (told.length === 0) return null;
  return {
    day,
    before: total(before),
    after: total(after),
    movements: merged(told),
    segments: segmentsOf(before, after),
  };
}

/** The names of what a customer is worth more, or less. */
function lineOf(
  before: readonly Standing[],
  after: readonly Standing[],
  told: readonly Movement[],
  known: boolean,
): { readonly up: MovementLine; readonly down: MovementLine } {
  const hadNothing = total(before) === 0n && !told.some(({ line }) => line === 'resumed');
  const wasFree = before.some(({ kind }) => kind === 'free');
  const isOver = after.every(({ kind }) => kind === 'ended');
  return {
    up: !hadNothing || (wasFree && known) ? 'expansion' : known ? 'reactivation' : 'new',
    down: isOver ? 'churn' : 'contraction',
  };
}

/** Movements of one line and segment are one. */
function merged(movements: readonly Movement[]): Movement[] {
  const sums = new Map<string, Movement>();
  for (const one of movements) {
    const key = `${one.line} ${one.segment}`;
    sums.set(key, { ...one, amount: (sums.get(key)?.amount ?? 0n) + one.amount });
  }
  return [...sums.values()].filter(({ amount }) => amount !== 0n);
}

function segmentsOf(before: readonly Standing[], after: readonly Standing[]): Step['segments'] {
  const names = [...new Set([...before, ...after].filter(({ value }) => value > 0n).map(({ segment }) => segment))];
  const sum = (standing: readonly Standing[], name: string): bigint =>
    total(standing.filter(({ segment }) => segment === name));
  return names.map((segment) => ({ segment, before: sum(before, segment), after: sum(after, segment) }));
}
