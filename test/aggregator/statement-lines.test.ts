import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Ladder,
  LINES,
  ladderOf,
  segmentLadders,
  totalCounts,
  totalLadder,
} from '../../src/aggregator/statement-lines.ts';
import { Decimal } from '../../src/base/decimal.ts';
import { rescaledText } from '../../src/base/money.ts';
import type { Movement } from '../../src/data/movement.ts';
import { minorUnits, presentValue } from '../../src/engine/contracts/retention.ts';

const MONEY = { min: -1_000_000n, max: 1_000_000n };
const value = fc.bigInt(MONEY);
const values = fc.tuple(value, value, value, value);
const segment = fc.constantFrom('north', 'south', 'west');

/** A customer of the closing with C, M, N, W; and with V0, A, P, X if it was there at the opening. */
const customer = fc.record({
  before: fc.option(fc.record({ segment, values })),
  after: fc.record({ segment, values }),
});
type Customer = typeof customer extends fc.Arbitrary<infer T> ? T : never;

const sum = (numbers: readonly bigint[]): bigint => numbers.reduce((all, number) => all + number, 0n);
const columns = (rows: readonly (readonly bigint[])[]): bigint[] =>
  [0, 1, 2, 3].map((i) => sum(rows.map((r) => r[i]!)));

/** What a ledger finds of such customers, the slow way. */
function movementOf(customers: readonly Customer[]): Movement {
  const names = ['north', 'south', 'west'];
  const known = customers.flatMap(({ before, after }) => (before ? [{ ...before, later: after.values[0] }] : []));
  return {
    reported: null,
    opening: names.map((name) => {
      const own = known.filter((one) => one.segment === name);
      const moves = own.map(({ values, later }) => later - values[3]);
      return {
        segment: [name],
        customers: own.length,
        values: columns(own.map((one) => one.values)),
        gains: sum(moves.filter((move) => move > 0n)),
        losses: sum(moves.filter((move) => move < 0n)),
        later: sum(own.map(({ later }) => later)),
      };
    }),
    closing: names.map((name) => {
      const own = customers.filter(({ after }) => after.segment === name);
      const fresh = own.filter(({ before }) => before === null);
      return {
        segment: [name],
        customers: own.length,
        values: columns(own.map(({ after }) => after.values)),
        newCustomers: { customers: fresh.length, value: sum(fresh.map(({ after }) => after.values[0])) },
        notPositive: { customers: 0, value: 0n },
      };
    }),
    realised: { openingCustomers: { revenue: 0n, margin: 0n }, newCustomers: { revenue: 0n, margin: 0n } },
    realisedByClosing: null,
  };
}

const linesOf = (ladder: Ladder): bigint => sum(LINES.filter((line) => line !== 'closing').map((line) => ladder[line]));

describe('lines of a statement', () => {
  it('sum to the closing, of every segment and in total, and transfers net to zero, whatever the values are', () => {
    fc.assert(
      fc.property(fc.array(customer, { maxLength: 12 }), (customers) => {
        const segments = segmentLadders(movementOf(customers));
        const total = totalLadder(segments);
        for (const { ladder } of [...segments, { ladder: total }]) expect(linesOf(ladder)).toBe(ladder.closing);
        expect(total.transfers).toBe(0n);
        expect(total.opening).toBe(sum(customers.map(({ before }) => before?.values[0] ?? 0n)));
        expect(total.closing).toBe(sum(customers.map(({ after }) => after.values[3])));
        const counts = totalCounts(segments);
        expect(counts.opening + counts.newCustomers).toBe(counts.closing);
      }),
    );
  });

  it('a customer who changes its segment leaves the old one with what it is worth now, experience included', () => {
    const moved = {
      before: { segment: 'south', values: [100n, 110n, 90n, 90n] },
      after: { segment: 'north', values: [120n, 125n, 125n, 130n] },
    } as Customer;
    const [north, south] = segmentLadders(movementOf([moved]));
    expect(south).toMatchObject({
      segment: ['south'],
      ladder: {
        opening: 100n,
        unwinding: 10n,
        margin_released: -20n,
        experience_gains: 30n,
        transfers: -120n,
        closing: 0n,
      },
    });
    expect(north).toMatchObject({
      segment: ['north'],
      ladder: {
        opening: 0n,
        transfers: 120n,
        model_change: 5n,
        margin_change: 0n,
        discount_rate_change: 5n,
        closing: 130n,
      },
    });
  });

  it('segments come in the order of their names, also those of one date only', () => {
    const one = (name: string, at: 'before' | 'after') => ({ at, name });
    const rows = [one('b', 'before'), one('a', 'after'), one('c', 'before')];
    const of = (at: string) =>
      rows
        .filter((row) => row.at === at)
        .map(({ name }) => ({
          segment: [name],
          customers: 0,
          values: [0n, 0n, 0n, 0n],
          gains: 0n,
          losses: 0n,
          later: 0n,
        }));
    const none = { customers: 0, value: 0n };
    const found = segmentLadders({
      reported: null,
      opening: of('before'),
      closing: of('after').map((row) => ({ ...row, newCustomers: none, notPositive: none })),
      realised: { openingCustomers: { revenue: 0n, margin: 0n }, newCustomers: { revenue: 0n, margin: 0n } },
      realisedByClosing: null,
    });
    expect(found.map((row) => row.segment[0])).toEqual(['a', 'b', 'c']);
  });

  it('one constant retention rate: the identity of formulas.md, a period in which all happens as expected', () => {
    const rate = { discount: new Decimal('0.1'), growth: new Decimal(0) };
    const worth = (customers: number, margin: number, retention: string, periods: number | null = null) =>
      presentValue({
        payment: new Decimal(margin),
        retention: new Decimal(retention),
        rates: rate,
        periods,
        timing: 'existing-end',
      }).times(customers);
    const fine = (value: Decimal) => minorUnits(value, 10);
    const grown = rate.discount.plus(1);
    const opening = worth(1000, 100, '0.8');
    const left = opening.minus(worth(1000, 100, '0.8', 1)).times(grown);
    const known = worth(800, 100, '0.8');
    const fresh = worth(350, 100, '0.8');
    const ladder = ladderOf({
      opening: {
        reported: null,
        values: [opening, opening.times(grown), left, left].map(fine),
        gains: 0n,
        losses: fine(known) - fine(left),
        later: fine(known),
      },
      closing: {
        values: [known.plus(fresh), worth(1150, 100, '0.82'), worth(1150, 105, '0.82'), worth(1150, 105, '0.82')].map(
          fine,
        ),
        newCustomers: fine(fresh),
      },
    });
    const wanted = {
      opening: '266666.67',
      restatements: '0.00',
      unwinding: '26666.67',
      margin_released: '-80000.00',
      horizon_rolled: '0.00',
      experience_gains: '0.00',
      experience_losses: '0.00',
      new_customers: '93333.33',
      transfers: '0.00',
      model_change: '30119.05',
      margin_change: '16839.29',
      discount_rate_change: '0.00',
      closing: '353625.00',
    };
    expect(Object.fromEntries(LINES.map((line) => [line, rescaledText(ladder[line], 10, 2)]))).toEqual(wanted);
    expect(linesOf(ladder)).toBe(ladder.closing);
  });
});
