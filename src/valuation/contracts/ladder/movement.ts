import type { ContractCells } from '../../../data/contracts.ts';
import type { Movement, Reported } from '../../../data/movement.ts';
import type { CustomerMove, Moves, SubscriptionMove } from './moves.ts';

/** What subscriptions are worth at each rung, in minor units. */
export interface Appraisal {
  /** V0, A, P, X of a cell of the opening of which so many renewals fall due. */
  expected(cell: number, due: number): readonly bigint[];
  /** C, M, N, W of a cell of the closing. */
  actual(cell: number): readonly bigint[];
}

type Rung = readonly [bigint, bigint, bigint, bigint];
const ZERO: Rung = [0n, 0n, 0n, 0n];

interface OpeningSums {
  values: Rung;
  customers: number;
  gains: bigint;
  losses: bigint;
  later: bigint;
}

interface ClosingSums {
  values: Rung;
  customers: number;
  readonly fresh: { customers: number; value: bigint };
  readonly notPositive: { customers: number; value: bigint };
}

/**
 * What happened to the customers, by their segments at both dates: gains and losses are those of whole customers.
 * @param reported of the opening; null: nothing was
 */
export function movementOf(
  { customers, segmentOf, realised, closing: { cells } }: Moves,
  rungs: Appraisal,
  reported: readonly Reported[] | null,
): Movement {
  const opening = new Map<string, OpeningSums>();
  const closing = new Map<string, ClosingSums>();
  for (const customer of customers) {
    const then = openingOf(customer, rungs);
    const now = sumOf(customer, ({ after }) => (after < 0 ? ZERO : rungs.actual(after)));
    if (customer.before !== null) addOpening(sumsIn(opening, customer.before, emptyOpening), then, now[0]);
    addClosing(sumsIn(closing, customer.after, emptyClosing), customer, now, cells);
  }
  return {
    reported,
    opening: rowsOf(opening).map(([text, sums]) => ({ segment: segmentOf(text), ...sums })),
    closing: rowsOf(closing).map(([text, { fresh, ...sums }]) => ({
      segment: segmentOf(text),
      ...sums,
      newCustomers: fresh,
    })),
    realised,
    realisedByClosing: null,
  };
}

/** What customers of the closing were worth at the opening, by their place in the order of the ids. */
export function openingWorth(
  { customers }: Pick<Moves, 'customers'>,
  rungs: Appraisal,
): { readonly at: Int32Array; readonly clv: BigInt64Array } {
  const there = customers.flatMap((customer, i) => (customer.before === null ? [] : [{ customer, i }]));
  return {
    at: Int32Array.from(there, ({ i }) => i),
    clv: BigInt64Array.from(there, ({ customer }) => openingOf(customer, rungs)[0]),
  };
}

function openingOf(customer: CustomerMove, rungs: Appraisal): Rung {
  return sumOf(customer, ({ before, due }) => (before < 0 ? ZERO : rungs.expected(before, due)));
}

function addOpening(sums: OpeningSums, then: Rung, later: bigint): void {
  const experience = later - then[3];
  sums.values = plus(sums.values, then);
  sums.customers++;
  sums.later += later;
  if (experience > 0n) sums.gains += experience;
  else sums.losses += experience;
}

function addClosing(sums: ClosingSums, customer: CustomerMove, now: Rung, cells: ContractCells): void {
  sums.values = plus(sums.values, now);
  sums.customers++;
  if (customer.before === null) {
    sums.fresh.customers++;
    sums.fresh.value += now[0];
  }
  if (!customer.subscriptions.some(({ after }) => after >= 0 && bringsNothing(cells, after))) return;
  sums.notPositive.customers++;
  sums.notPositive.value += now[3];
}

/** Whether a subscription runs and brings nothing, or less. */
function bringsNothing({ chance, tenure, margin }: ContractCells, i: number): boolean {
  return chance[i]! > 0 && tenure[i]! > 0 && margin[i]! <= 0n;
}

function sumOf({ subscriptions }: CustomerMove, valuesOf: (one: SubscriptionMove) => readonly bigint[]): Rung {
  return subscriptions.reduce<Rung>((sum, one) => plus(sum, valuesOf(one)), ZERO);
}

function plus(one: Rung, other: readonly bigint[]): Rung {
  return one.map((value, i) => value + other[i]!) as unknown as Rung;
}

function sumsIn<T>(sums: Map<string, T>, segment: string, empty: () => T): T {
  const found = sums.get(segment) ?? empty();
  sums.set(segment, found);
  return found;
}

const emptyOpening = (): OpeningSums => ({ values: ZERO, customers: 0, gains: 0n, losses: 0n, later: 0n });
const emptyClosing = (): ClosingSums => ({
  values: ZERO,
  customers: 0,
  fresh: { customers: 0, value: 0n },
  notPositive: { customers: 0, value: 0n },
});

function rowsOf<T>(sums: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}
