import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../src/data/subscriptions/movements.ts';
import { stepsOf } from '../../../../src/engine/subscriptions/recurring/movements.ts';
import { runs } from '../../../runs.ts';

type Told = readonly [day: number, value: number, segment?: string, kind?: Change['kind'], fx?: number];

/** A subscription by the days on which it became worth something else; worth nothing it has ended. */
const subscription = (...told: readonly Told[]): { readonly changes: readonly Change[] } => ({
  changes: told.map(([day, value, segment = 'a', kind = value > 0 ? 'paid' : 'ended', fx = 0]) => ({
    ...{ day, segment, kind, value: BigInt(value), fx: BigInt(fx) },
  })),
});

/** What moved, in words: `day line segment amount`. */
const moved = (timelines: readonly ReturnType<typeof subscription>[], backWithin: number | null = null): string[] =>
  stepsOf(timelines, { backWithin }).flatMap(({ day, movements }) =>
    movements.map(({ line, segment, amount }) => `${day} ${line} ${segment} ${amount}`),
  );

describe('the movements of recurring revenue', () => {
  it.each<[string, ReturnType<typeof subscription>[], string[]]>([
    [
      'a customer is new, worth more, worth less, and gone',
      [subscription([1, 10], [2, 25], [3, 20], [4, 0])],
      ['1 new a 10', '2 expansion a 15', '3 contraction a -5', '4 churn a -20'],
    ],
    [
      'a second subscription is an expansion, and its end a contraction',
      [subscription([1, 10], [9, 0]), subscription([2, 5], [8, 0])],
      ['1 new a 10', '2 expansion a 5', '8 contraction a -5', '9 churn a -10'],
    ],
    [
      'a change of segment is a transfer of what it was worth, and the rest is named where it is now',
      [subscription([1, 10], [2, 14, 'b'])],
      ['1 new a 10', '2 transfer a -10', '2 transfer b 10', '2 expansion b 4'],
    ],
    [
      'one that ends on the day on which another begins in another segment is a transfer too',
      [subscription([1, 10], [5, 0]), subscription([5, 7, 'b'])],
      ['1 new a 10', '5 transfer a -10', '5 transfer b 10', '5 contraction b -3'],
    ],
    [
      'and in the same segment only what it is worth more',
      [subscription([1, 10], [5, 0]), subscription([5, 12])],
      ['1 new a 10', '5 expansion a 2'],
    ],
    [
      'a pause and its end have lines of their own',
      [subscription([1, 10], [2, 0, 'a', 'paused'], [3, 12])],
      ['1 new a 10', '2 paused a -10', '3 resumed a 12'],
    ],
    [
      'what begins on the day of the end of a pause is an expansion',
      [subscription([1, 10], [2, 0, 'a', 'paused'], [3, 10]), subscription([3, 4])],
      ['1 new a 10', '2 paused a -10', '3 resumed a 10', '3 expansion a 4'],
    ],
    [
      'rates of currencies are told apart from the change of price',
      [subscription([1, 10], [2, 15, 'a', 'paid', 3])],
      ['1 new a 10', '2 fx a 3', '2 expansion a 2'],
    ],
    [
      'who was free and pays is new, for nothing was above 0 before',
      [subscription([1, 0, 'a', 'free'], [2, 10])],
      ['2 new a 10'],
    ],
    [
      'who paid, was free and pays again is worth more',
      [subscription([1, 10], [2, 0, 'a', 'free'], [3, 10])],
      ['1 new a 10', '2 contraction a -10', '3 expansion a 10'],
    ],
    [
      'what rises and falls by as much on one day in one segment has not moved',
      [subscription([1, 10], [2, 15]), subscription([1, 10], [2, 5])],
      ['1 new a 20'],
    ],
  ])('%s', (_, timelines, expected) => expect(moved(timelines)).toEqual(expected));

  it('a customer who comes back is one within so many days of the end, then new', () => {
    const back = [subscription([1, 10], [5, 0], [15, 10])];
    expect(moved(back).at(-1)).toBe('15 reactivation a 10');
    expect(moved(back, 10).at(-1)).toBe('15 reactivation a 10');
    expect(moved(back, 9).at(-1)).toBe('15 new a 10');
  });

  it('lead from what a customer was worth to what he is worth, by segment too', () => {
    const told = fc.array(
      fc.tuple(
        ...([fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 4 }), fc.constantFrom('a', 'b', 'c')] as const),
        fc.constantFrom<Change['kind']>('free', 'paused', 'ended'),
        fc.integer({ min: -1, max: 1 }),
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 4 }), (all) => {
        const timelines = all.map((changes) =>
          subscription(
            ...[...changes]
              .sort(([a], [b]) => a - b)
              .map(([day, value, segment, kind, fx]): Told => [day, value, segment, value > 0 ? 'paid' : kind, fx]),
          ),
        );
        let before = 0n;
        const worth = new Map<string, bigint>();
        for (const step of stepsOf(timelines, { backWithin: null })) {
          expect(step.before).toBe(before);
          expect(step.movements.reduce((sum, { amount }) => sum + amount, step.before)).toBe(step.after);
          for (const { segment, amount } of step.movements) worth.set(segment, (worth.get(segment) ?? 0n) + amount);
          for (const { segment, after } of step.segments) expect(worth.get(segment) ?? 0n).toBe(after);
          before = step.after;
        }
        const last = timelines.map(({ changes }) => changes.at(-1)?.value ?? 0n);
        expect(before).toBe(last.reduce((sum, value) => sum + value, 0n));
      }),
      { numRuns: runs(500) },
    );
  });
});
