import { describe, expect, it } from 'vitest';
import { Decimal, ONE } from '../../../src/base/decimal.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { LoadPlan } from '../../../src/ledger/plan.ts';
import { readMovement } from '../../../src/ledger/steps/movement.ts';
import { appraise, appraiseInSum } from '../../../src/ledger/steps/value.ts';
import { amount, day, factors, type Line, PLAIN, rule, withLedger } from '../helpers.ts';

const FROM = day('2024-03-31');
const TO = day('2024-09-30');

/** a moves south, b gives back more than it buys, c and d come in between (d had a refund before), e after the closing. */
const LINES: Line[] = [
  ['a', '2024-01-01', '100', 'north'],
  ['a', '2024-02-01', '50', 'north'],
  ['a', '2024-07-01', '70', 'south'],
  ['b', '2024-01-05', '20', 'south'],
  ['b', '2024-02-05', '10', 'south'],
  ['b', '2024-03-31', '-40', 'south'],
  ['b', '2024-04-01', '-7.5', 'south'],
  ['c', '2024-05-01', '40', 'south'],
  ['c', '2024-09-30', '60', 'south'],
  ['d', '2024-02-02', '-5', 'west'],
  ['d', '2024-08-01', '5', 'west'],
  ['e', '2024-10-01', '1000', 'west'],
];
const BY_REGION: LoadPlan = { ...PLAIN, keys: ['region'], by: [0] };
const rollUp = { spendFrom: 'repeat', fillMeans: false } as const;

/** Appraises both dates, everybody's margin per purchase being worth twice: 2 × (base + mean). */
async function appraised(ledger: Ledger) {
  await ledger.rollUp({ ...rollUp, asOf: FROM }, 'opening');
  await ledger.rollUp({ ...rollUp, asOf: TO }, 'closing');
  const early = (await ledger.states('opening')).states;
  const late = (await ledger.states('closing')).states;
  const at = (states: typeof early, ...bases: number[]) => bases.map((base) => factors(states, base, 1));
  return {
    opening: await appraise(ledger.loaded, 'opening', 'opening', at(early, 0, 1, 0.5, 0.25), 2),
    closing: await appraise(ledger.loaded, 'closing', 'closing', at(late, 0, 1, 3), 2),
    repriced: await appraise(ledger.loaded, 'closing', 'repriced', at(late, 2, 3), 2),
  };
}

describe('appraisals', () => {
  it('value the customers of a date several times, by segment', () =>
    withLedger(LINES, async (ledger) => {
      await ledger.load(BY_REGION);
      const { opening, repriced } = await appraised(ledger);
      expect(opening).toEqual([
        { segment: ['north'], customers: 1, values: [10000n, 10200n, 10100n, 10050n] },
        { segment: ['south'], customers: 1, values: [-6000n, -5800n, -5900n, -5950n] },
      ]);
      expect(repriced).toEqual([
        { segment: ['south'], customers: 3, values: [16500n + 1200n, 16500n + 1800n] },
        { segment: ['west'], customers: 1, values: [400n, 600n] },
      ]);
    }));

  it('have the sums of values that are not kept, so many times and rounded by customer', () =>
    withLedger(LINES, async (ledger) => {
      await ledger.load(BY_REGION);
      const { opening } = await appraised(ledger);
      const one = factors((await ledger.states('opening')).states, 0, 1);
      const prices = [one, factors(one.states, 1, 1), { ...one, times: 1.1 }, { ...one, times: 0.00015 }];
      const sums = await appraiseInSum(ledger.loaded, 'opening', prices, 2);
      expect(sums).toEqual([
        // 100 by 2 states of 50 a purchase: 110, and .015 is .02; of b -66, and -.009 is -.01.
        { segment: ['north'], customers: 1, values: [...opening[0]!.values.slice(0, 2), 11000n, 2n] },
        { segment: ['south'], customers: 1, values: [...opening[1]!.values.slice(0, 2), -6600n, -1n] },
      ]);
    }));

  it('movement tells what became of the customers of the opening, who came, and what was paid in between', () =>
    withLedger(LINES, async (ledger) => {
      await ledger.load({ ...BY_REGION, margin: { rate: ONE, rules: null } });
      await appraised(ledger);
      const { opening, closing, realised, realisedByClosing } = await readMovement(ledger.loaded, {
        from: FROM,
        to: TO,
      });
      const north = { segment: ['north'], customers: 1, values: [10000n, 10200n, 10100n, 10050n] };
      const south = { segment: ['south'], customers: 1, values: [-6000n, -5800n, -5900n, -5950n] };
      expect(opening).toEqual([
        { ...north, gains: 12000n - 10050n, losses: 0n, later: 12000n },
        { ...south, gains: 0n, losses: -7500n + 5950n, later: -7500n },
      ]);
      expect(closing).toEqual([
        {
          segment: ['south'],
          customers: 3,
          values: [16500n, 16500n + 600n, 16500n + 600n, 16500n + 1800n],
          newCustomers: { customers: 1, value: 12000n },
          notPositive: { customers: 1, value: -7500n + 600n },
        },
        {
          segment: ['west'],
          customers: 1,
          values: [0n, 200n, 200n, 600n],
          newCustomers: { customers: 1, value: 0n },
          notPositive: { customers: 0, value: 0n },
        },
      ]);
      const money = (text: string) => ({ revenue: amount(text), margin: amount(text) * 1_000_000n });
      expect([realised, realisedByClosing]).toEqual([
        { openingCustomers: money('62.5'), newCustomers: money('105') },
        null,
      ]);
    }));

  it('nothing happened, nothing moved', () =>
    withLedger(LINES, async (ledger) => {
      await ledger.load(BY_REGION);
      await ledger.rollUp({ ...rollUp, asOf: TO }, 'opening');
      await ledger.rollUp({ ...rollUp, asOf: TO }, 'closing');
      const { states } = await ledger.states('closing');
      const four = [0, 0, 0, 0].map((base) => factors(states, base, 1));
      await appraise(ledger.loaded, 'opening', 'opening', four, 2);
      await appraise(ledger.loaded, 'closing', 'closing', four.slice(1), 2);
      const { opening, closing, realised } = await readMovement(ledger.loaded, { from: TO, to: TO });
      for (const { gains, losses } of opening) expect([gains, losses]).toEqual([0n, 0n]);
      for (const { newCustomers } of closing) expect(newCustomers).toEqual({ customers: 0, value: 0n });
      expect(opening.map(({ values }) => values)).toEqual(closing.map(({ values }) => values));
      expect(realised.openingCustomers).toEqual({ revenue: 0n, margin: 0n });
    }));

  it('a customer whose state has no factors is not lost in silence: E501', () =>
    withLedger(LINES, async (ledger) => {
      await ledger.load(BY_REGION);
      await ledger.rollUp({ ...rollUp, asOf: FROM }, 'opening');
      await ledger.rollUp({ ...rollUp, asOf: TO }, 'closing');
      const { states } = await ledger.states('opening');
      await expect(appraise(ledger.loaded, 'closing', 'closing', [factors(states, 0, 1)], 2)).rejects.toMatchObject({
        code: 'E501',
      });
    }));
});

describe('margins of the opening', () => {
  const rules = (file: string, ...rows: ReturnType<typeof rule>[]) =>
    ({ rate: null, rules: { file, kind: 'rate', columns: [0], rows } }) as const;
  const now = rules('now.csv', rule(2, ['north'], '0.5'), rule(3, [null], '0.25'));
  const then = rules('then.csv', rule(2, ['north'], '0.6'), rule(3, ['south'], '0.4'), rule(4, ['west'], '0.1'));

  const means = async (ledger: Ledger, asOf: number, openingMargins: boolean) => {
    await ledger.rollUp({ ...rollUp, asOf, openingMargins }, 'opening');
    return [...(await ledger.spendStates('opening')).mean];
  };

  it('stand beside those of the closing: any date can be rolled up by either', () =>
    withLedger(LINES, async (ledger) => {
      await ledger.load({ ...BY_REGION, margin: now, openingMargin: then });
      expect(await means(ledger, FROM, true)).toEqual([-12, 30]);
      expect(await means(ledger, FROM, false)).toEqual([-7.5, 25]);
      expect(await means(ledger, TO, true)).toEqual([-15, 24, (30 + 28) / 2]);
      expect(await means(ledger, TO, false)).toEqual([-9.375, 15, (25 + 17.5) / 2]);
    }));

  it('are those that the margin expected at the opening is realised by, beside those of the closing', () =>
    withLedger(LINES, async (ledger) => {
      await ledger.load({ ...BY_REGION, margin: now, openingMargin: then });
      await appraised(ledger);
      const margins = async (openingMargins: boolean) => {
        const { realised, realisedByClosing } = await readMovement(
          ledger.loaded,
          { from: FROM, to: TO },
          openingMargins,
        );
        return [realised, realisedByClosing].map((by) => by && [by.openingCustomers.margin, by.newCustomers.margin]);
      };
      const money = (text: string) => amount(text) * 1_000_000n;
      const closing = [money('15.625'), money('26.25')];
      expect(await margins(true)).toEqual([[money('25'), money('40.5')], closing]);
      expect(await margins(false)).toEqual([closing, null]);
    }));

  it('name their own lines that match nothing', () =>
    withLedger(LINES, async (ledger) => {
      const typo = rules('then.csv', rule(2, ['nroth'], '0.6'), rule(3, [null], '0.4'));
      await ledger.load({ ...BY_REGION, margin: now, openingMargin: typo });
      expect(ledger.unmatchedRules).toEqual([{ file: 'then.csv', lines: [2] }]);
    }));

  it('may be one rate against rules, or rules against one rate', () =>
    withLedger(LINES, async (ledger) => {
      const rate = { rate: new Decimal('0.1'), rules: null };
      await ledger.load({ ...BY_REGION, margin: rate, openingMargin: then });
      expect(await means(ledger, FROM, true)).toEqual([-12, 30]);
      expect(await means(ledger, FROM, false)).toEqual([-3, 5]);
    }));

  it('must cover keys that first appear after the opening: E251', () =>
    withLedger(LINES, async (ledger) => {
      const gap = rules('then.csv', rule(2, ['north'], '0.6'), rule(3, ['south'], '0.4'));
      await expect(ledger.load({ ...BY_REGION, margin: now, openingMargin: gap })).rejects.toMatchObject({
        code: 'E251',
        place: { file: 'then.csv' },
        values: { count: 1, columns: 'region', keys: 'west' },
      });
    }));
});
