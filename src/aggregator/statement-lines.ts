import { unitsText } from '../base/money.ts';
import { segmentKey } from '../data/customers.ts';
import type { Movement } from '../data/movement.ts';

/** The lines of a customer equity statement in their order: all but the last sum to the last (formulas). */
export const LINES = [
  'opening',
  'restatements',
  'unwinding',
  'margin_released',
  'horizon_rolled',
  'experience_gains',
  'experience_losses',
  'new_customers',
  'transfers',
  'model_change',
  'margin_change',
  'discount_rate_change',
  'closing',
] as const;

export type LineId = (typeof LINES)[number];

/** Minor units. */
export type Ladder = Readonly<Record<LineId, bigint>>;

/** Sums of the rungs of some customers: of those there at the opening, and of all at the closing. */
export interface Rungs {
  readonly opening: {
    /** What was reported of them, where a close has it; else V0 is what the statement opens with. */
    readonly reported: bigint | null;
    /** V0, A, P, X. */
    readonly values: readonly bigint[];
    readonly gains: bigint;
    readonly losses: bigint;
    /** C of the customers who belonged here at the opening. */
    readonly later: bigint;
  };
  readonly closing: {
    /** C, M, N, W. */
    readonly values: readonly bigint[];
    /** C of new customers. */
    readonly newCustomers: bigint;
  };
}

/**
 * Every line is the difference of two neighbouring rungs: reported → V0 restatements → A unwinding → P release → X the horizon moves on → C experience,
 * new customers and transfers → M model → N margins → W discount rate.
 */
export function ladderOf({ opening, closing }: Rungs): Ladder {
  const [v0, a, p, x] = opening.values as [bigint, bigint, bigint, bigint];
  const [c, m, n, w] = closing.values as [bigint, bigint, bigint, bigint];
  return {
    opening: opening.reported ?? v0,
    restatements: v0 - (opening.reported ?? v0),
    unwinding: a - v0,
    margin_released: p - a,
    horizon_rolled: x - p,
    experience_gains: opening.gains,
    experience_losses: opening.losses,
    new_customers: closing.newCustomers,
    transfers: c - closing.newCustomers - opening.later,
    model_change: m - c,
    margin_change: n - m,
    discount_rate_change: w - n,
    closing: w,
  };
}

/** Customers at the opening as reported, how many more they are on the rows of now, those who came, and those at the closing. */
export interface Counts {
  readonly opening: number;
  readonly restated: number;
  readonly newCustomers: number;
  readonly closing: number;
}

/** The ladder of a segment. */
export interface SegmentLadder {
  readonly segment: readonly string[];
  readonly ladder: Ladder;
  readonly customers: Counts;
}

/** The ladders of the segments, in the order of their names: customers belong to that of the opening until they are transferred. */
export function segmentLadders({ reported, opening, closing }: Movement): readonly SegmentLadder[] {
  const told = reported && new Map(reported.map((row) => [segmentKey(row.segment), row]));
  const before = new Map(opening.map((row) => [segmentKey(row.segment), row]));
  const after = new Map(closing.map((row) => [segmentKey(row.segment), row]));
  const segments = new Map(
    [...(reported ?? []), ...opening, ...closing].map(({ segment }) => [segmentKey(segment), segment]),
  );
  return [...segments]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, segment]) => {
      const [first, last] = [before.get(name), after.get(name)];
      const was = told && (told.get(name) ?? NOTHING);
      return {
        segment,
        ladder: ladderOf({
          opening: {
            ...(first ?? { values: [0n, 0n, 0n, 0n], gains: 0n, losses: 0n, later: 0n }),
            reported: was === null ? null : was.value,
          },
          closing: { values: last?.values ?? [0n, 0n, 0n, 0n], newCustomers: last?.newCustomers.value ?? 0n },
        }),
        customers: {
          opening: was?.customers ?? first?.customers ?? 0,
          restated: was ? (first?.customers ?? 0) - was.customers : 0,
          newCustomers: last?.newCustomers.customers ?? 0,
          closing: last?.customers ?? 0,
        },
      };
    });
}

const NOTHING = { customers: 0, value: 0n };

/** The sum of ladders. */
export function totalLadder(parts: readonly { readonly ladder: Ladder }[]): Ladder {
  const sum = (line: LineId): bigint => parts.reduce((all, { ladder }) => all + ladder[line], 0n);
  return Object.fromEntries(LINES.map((line) => [line, sum(line)])) as Ladder;
}

/** The sum of counts. */
export function totalCounts(parts: readonly { readonly customers: Counts }[]): Counts {
  const sum = (name: keyof Counts): number => parts.reduce((all, { customers }) => all + customers[name], 0);
  return {
    opening: sum('opening'),
    restated: sum('restated'),
    newCustomers: sum('newCustomers'),
    closing: sum('closing'),
  };
}

/** The amounts of the lines as decimal text, in their order. */
export function amountsOf(ladder: Ladder, digits: number): readonly string[] {
  return LINES.map((line) => unitsText(ladder[line], digits));
}
