import { describe, expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import type { LoadPlan } from '../../../src/ledger/plan.ts';
import { amount, day, factors, type Line, PLAIN, rows, rule, withLedger } from '../helpers.ts';

const LINES: Line[] = [
  ['a', '2024-01-01', '100', 'pro', 'north'],
  ['a', '2024-02-01', '100', 'pro', 'south'],
  ['b', '2024-01-01', '100', 'plus', 'north'],
  ['b', '2024-02-01', '-50', 'plus', 'north'],
];

function plan(rules: LoadPlan['margin']['rules'], rate: string | null = null): LoadPlan {
  return { ...PLAIN, keys: ['product', 'region'], margin: { rate: rate === null ? null : new Decimal(rate), rules } };
}

const unitCost = (...args: Parameters<typeof rule>) => ({ ...rule(...args), kind: 'unit_cost' as const });

async function margins(of: LoadPlan): Promise<Map<unknown, unknown>> {
  return withLedger(LINES, async (ledger) => {
    await ledger.load(of);
    await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
    await ledger.value(factors((await ledger.states()).states, 0, 0), 2);
    return new Map((await rows(ledger)).map((row) => [row['id'], row['margin']]));
  });
}

describe('margin rules', () => {
  it('the most specific match wins, periods are inclusive, the rate is exact by row', async () => {
    const rows = [
      rule(2, ['pro', null], '0.3'),
      rule(3, ['pro', 'north'], '0.2'),
      rule(4, ['plus', null], '0.123456', undefined, '2024-01-01'),
      rule(5, ['plus', null], '0.5', '2024-01-02'),
    ];
    expect(await margins(plan({ file: 'margins.csv', columns: [0, 1], rows }))).toEqual(
      new Map([
        ['a', 5000n],
        ['b', -1265n],
      ]),
    );
  });

  it('a unit cost is taken off a sale and given back by a refund', async () => {
    const rows = [unitCost(2, [null, null], '30.5')];
    expect(await margins(plan({ file: 'margins.csv', columns: [0, 1], rows }))).toEqual(
      new Map([
        ['a', 13900n],
        ['b', 5000n],
      ]),
    );
  });

  it('rates and unit costs stand beside each other: the most specific match wins over both', async () => {
    const rows = [
      unitCost(2, [null, null], '30.5001'),
      rule(3, ['pro', null], '0.123457'),
      unitCost(4, ['pro', 'south'], '7'),
      rule(5, ['plus', null], '-0.5', '2024-02-01'),
    ];
    // a: 12.3457 + (100 − 7), b: (100 − 30.5001) + 25.
    expect(await margins(plan({ file: 'margins.csv', columns: [0, 1], rows }))).toEqual(
      new Map([
        ['a', 10535n],
        ['b', 9450n],
      ]),
    );
  });

  it('a rate and a unit cost that match equally well are a tie', async () => {
    const rows = [rule(2, ['plus', null], '0.3'), unitCost(3, [null, 'north'], '2')];
    await expect(margins(plan({ file: 'margins.csv', columns: [0, 1], rows }, '0'))).rejects.toMatchObject({
      code: 'E252',
      values: { lines: '2, 3' },
    });
  });

  it('both kinds together are exact by row, as the default beside them is', async () => {
    const line = (key: string): Line => ['a', '2024-01-01', '0.0001', key, 'north'];
    const lines = Array.from({ length: 3000 }, (_, i) => line(['pro', 'plus', 'other'][i % 3]!));
    const rules = {
      file: 'margins.csv',
      columns: [0],
      rows: [rule(2, ['pro'], '0.000003'), unitCost(3, ['plus'], '0.0002')],
    };
    await withLedger(lines, async (ledger) => {
      await ledger.load(plan(rules, '0.000001'));
      await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
      await ledger.value(factors((await ledger.states()).states, 0, 0), 2);
      expect((await ledger.totals())[0]!.margin).toBe(1000n * 3n - 1000n * 1_000_000n + 1000n);
    });
  });

  it.each(['unit_cost', 'rate'] as const)('the default rate is exact by row beside a %s', async (kind) => {
    const lines = Array.from({ length: 2000 }, (): Line => ['a', '2024-01-01', '0.0001', 'plus', 'north']);
    const rules = { file: 'margins.csv', columns: [0], rows: [{ ...rule(2, ['pro'], '0.5'), kind }] };
    await withLedger(lines, async (ledger) => {
      await ledger.load(plan(rules, '0.000001'));
      await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
      await ledger.value(factors((await ledger.states()).states, 0, 0), 2);
      expect((await ledger.totals())[0]!.margin).toBe(2000n);
    });
  });

  it('rows without a match take the default rate, or are listed', async () => {
    const rules = {
      file: 'margins.csv',
      columns: [0, 1],
      rows: [rule(2, ['pro', null], '0.3')],
    } as const;
    expect((await margins(plan(rules, '0.1'))).get('b')).toBe(500n);
    await expect(margins(plan(rules))).rejects.toMatchObject({
      code: 'E251',
      values: { count: 1, columns: 'product · region', keys: 'plus · north' },
    });
  });

  it('two matches with equally many keys are a tie, unless a more specific one decides', async () => {
    const tie = [rule(2, ['pro', null], '0.3'), rule(3, [null, 'north'], '0.2'), rule(4, ['plus', null], '0.4')];
    const of = (rows: typeof tie) => plan({ file: 'margins.csv', columns: [0, 1], rows }, '0');
    await expect(margins(of(tie))).rejects.toMatchObject({
      code: 'E252',
      place: { file: 'margins.csv', line: 4 },
      values: { lines: '3, 4' },
    });
    const settled = [...tie, rule(5, ['pro', 'north'], '0.1'), rule(6, ['plus', 'north'], '0.1')];
    expect((await margins(of(settled))).get('a')).toBe(4000n);
  });

  it('a rule may name the customer', async () => {
    const rules = {
      file: 'margins.csv',
      columns: [-1],
      rows: [rule(2, ['a'], '0.5'), rule(3, [null], '0.1')],
    } as const;
    expect(await margins(plan(rules))).toEqual(
      new Map([
        ['a', 10000n],
        ['b', 500n],
      ]),
    );
  });

  it('does not overflow on the largest amounts', async () => {
    const big: Line[] = [['a', '2024-01-01', '99999999999999.9999', 'x', 'y']];
    await withLedger(big, async (ledger) => {
      const rows = [rule(2, ['x'], '0.999999')];
      await ledger.load({
        ...PLAIN,
        keys: ['product', 'region'],
        margin: { rate: null, rules: { file: 'margins.csv', columns: [0], rows } },
      });
      await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
      await ledger.value(factors((await ledger.states()).states, 0, 0), 2);
      const [total] = await ledger.totals();
      expect(total!.margin).toBe(999999999999999999n * 999999n);
    });
  });
});

describe('costs', () => {
  it('reduce the margin on their day and are no purchase, nor a day to be recent by', async () => {
    await withLedger(LINES, async (ledger) => {
      const rows = [
        { customer: 'a', day: day('2024-01-15'), cost: amount('12.5') },
        { customer: 'a', day: day('2024-02-01'), cost: amount('0.0005') },
        { customer: 'a', day: day('2024-12-31'), cost: amount('1000') },
      ];
      const totals = await ledger.load({ ...plan(null, '0.5'), costs: { file: 'costs.csv', rows } });
      expect(totals).toMatchObject({ records: 4, amount: amount('250'), lastDay: day('2024-02-01') });
      const { costsLeft } = await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
      expect(costsLeft).toBe(amount('1000'));
      const { states } = await ledger.states();
      expect([...states.x]).toEqual([0, 1]);
      const spend = await ledger.spendStates();
      expect(spend.mean[0]).toBe(37.4995);
    });
  });

  it('that no margin has are told: after the as-of date, or of customers who come later', async () => {
    await withLedger([...LINES, ['c', '2024-06-01', '10', 'pro', 'north']], async (ledger) => {
      const left = async (asOf: string) =>
        (await ledger.rollUp({ asOf: day(asOf), spendFrom: 'repeat', fillMeans: false })).costsLeft;
      const cost = (customer: string, date: string, text: string) => ({ customer, day: day(date), cost: amount(text) });
      const rows = [cost('c', '2024-01-01', '3'), cost('a', '2024-01-15', '12.5'), cost('a', '2024-12-31', '1000')];
      await ledger.load({ ...plan(null, '0.5'), costs: { file: 'costs.csv', rows } });
      expect(await left('2024-01-20')).toBe(amount('1003'));
      expect(await left('2024-12-31')).toBe(0n);
    });
    await withLedger(LINES, async (ledger) => {
      await ledger.load(plan(null, '0.5'));
      expect((await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false })).costsLeft).toBe(0n);
    });
  });

  it('of a customer without a transaction are an error', async () => {
    await withLedger(LINES, async (ledger) => {
      const costs = { file: 'costs.csv', rows: [{ customer: 'zz', day: day('2024-01-15'), cost: 1n }] };
      await expect(ledger.load({ ...plan(null, '0.5'), costs })).rejects.toMatchObject({ code: 'E257' });
    });
  });
});
