import { describe, expect, it } from 'vitest';
import { Decimal, ONE } from '../../../src/base/decimal.ts';
import { ClvError } from '../../../src/base/errors.ts';
import type { ContractCells } from '../../../src/data/contracts.ts';
import { LENGTHS } from '../../../src/data/subscriptions/lengths.ts';
import type { Change, Driver } from '../../../src/data/what-if.ts';
import { constantRetention } from '../../../src/models/contracts/constant-retention.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';
import { parseChange } from '../../../src/reader/tables/scenarios.ts';
import type { ContractSettings } from '../../../src/valuation/contracts/terms.ts';
import { valueContracts } from '../../../src/valuation/contracts/value.ts';
import {
  type ContractBaseline,
  paybackDays,
  prospectOf,
  tryContractScenarios,
} from '../../../src/valuation/whatif/contracts.ts';

const lengthNamed = (name: string) => LENGTHS.find(({ text }) => text === name)!;
const YEAR = lengthNamed('1y');

/** One who pays 100 a year, for the third time, and one who has left after one year. */
const CELLS: ContractCells = {
  length: 2,
  segment: Int32Array.of(0, 0),
  segments: [[]],
  tenure: Int32Array.of(3, 1),
  fit: Int32Array.of(0, 0),
  fits: [{ length: YEAR, group: [] }],
  made: Int32Array.of(2, 0),
  lost: Int32Array.of(0, 1),
  alive: Int32Array.of(1, 0),
  chance: Float64Array.of(1, 0),
  periods: Int32Array.of(3, 1),
  margin: [300n * 10n ** 10n, 100n * 10n ** 10n],
  count: Float64Array.of(1, 1),
};
const SETTINGS: ContractSettings = {
  model: constantRetention,
  retention: new Decimal('.8'),
  discountRate: new Decimal('.1'),
  growth: new Decimal(0),
  periodsPerYear: 1,
  timing: 'existing-start',
  horizonPeriods: null,
  digits: 2,
  interval: false,
  cost: null,
};

function baselineOf(settings: Partial<ContractSettings> = {}, margin: Decimal | null = ONE): ContractBaseline {
  const full = { ...SETTINGS, ...settings };
  return { parts: [{ cells: CELLS, valuation: valueContracts(CELLS, full), settings: full }], margin, acquired: 4 };
}

/** What becomes of the base, of a prospect and of those won under drivers as they are typed. */
function set(changes: Readonly<Partial<Record<Driver, string>>>, baseline = baselineOf()) {
  const typed = new Map(
    Object.entries(changes).map(([driver, text]) => [driver as Driver, parseChange(driver as Driver, text) as Change]),
  );
  const refuse = (driver: Driver, { problem, remedy }: { problem: string; remedy: string }): ClvError =>
    new ClvError('E155', { driver, text: '', problem, remedy });
  const [tried] = tryContractScenarios([{ name: 'set', changes: typed, cost: null, refuse }], baseline).scenarios;
  if (!tried || 'refused' in tried) throw new Error('refused');
  return tried;
}

describe('subscriptions with one rate under other assumptions', () => {
  it.each([
    [{}, 29333n], // 100 · .8 · 1.1 / (1.1 − .8)
    [{ retention: '+1%' }, 30438n], // r = .808
    [{ retention: '+30%' }, 110000n], // all stay, not more
    [{ margin: '-10%' }, 26400n],
    [{ price: '+5%' }, 30800n],
    [{ growth: '2%' }, 30986n], // 88 / (1.1 − .816)
    [{ 'retention-cost': '10' }, 26400n],
    [{ 'discount-rate': '12%' }, 28000n],
    [{ 'discount-rate': '+20%', margin: '+10%' }, 30800n],
  ] as const)('%o', (changes, equity) => expect(set(changes).equity).toBe(equity));

  it('a change of price is all margin: at a margin of 50 % twice as much', () => {
    expect(set({ price: '+5%' }, baselineOf({}, new Decimal('.5'))).equity).toBe(32267n);
    expect(() => set({ price: '+5%' }, baselineOf({}, null))).toThrow('E155');
  });

  it('elasticity of retention is (1+d)/(1+d−r), of margin 1 (Gupta, Lehmann & Stuart 2004)', () => {
    const [low, high] = ['-0.01%', '+0.01%'].map((text) =>
      Number(set({ retention: text }, baselineOf({ digits: 8 })).equity),
    );
    const now = Number(baselineOf({ digits: 8 }).parts[0]!.valuation.equity);
    expect((high! - low!) / now / 0.0002).toBeCloseTo(1.1 / 0.3, 5);
  });

  it('a year of 12 periods has the retention of the year', () => {
    const monthly = { periodsPerYear: 12, retention: new Decimal('.8').pow(ONE.div(12)) };
    const better = { ...monthly, retention: new Decimal('.808').pow(ONE.div(12)) };
    expect(set({ retention: '+1%' }, baselineOf(monthly)).equity).toBe(baselineOf(better).parts[0]!.valuation.equity);
  });

  it('customers who are won are worth a prospect each', () => {
    expect(set({ acquisition: '10' })).toMatchObject({ equity: 29333n, prospect: 36667n, acquisition: 366670n });
    expect(set({ acquisition: '+50%' }).acquisition).toBe(6n * 36667n);
    expect(set({ margin: '+1%' }).acquisition).toBeNull();
  });

  it.each([
    [{ growth: '+10%' }, 'share of none'],
    [{ 'retention-cost': '+10%' }, 'share of none'],
    [{ growth: '40%' }, 'no finite value'],
  ] as const)('%o is refused', (changes, problem) => expect(() => set(changes)).toThrow(problem));

  it('drivers that there are none of have no swings', () => {
    const drivers = (baseline: ContractBaseline) =>
      new Set(tryContractScenarios([], baseline).tornado.flatMap(({ changes }) => [...changes.keys()]));
    expect([...drivers(baselineOf())]).toEqual(['margin', 'price', 'retention', 'discount-rate', 'acquisition']);
    const cost = { amount: ONE, timing: 'existing-start' } as const;
    expect(drivers(baselineOf({ growth: new Decimal('.02'), cost })).size).toBe(7);
  });

  // 366.67 · (1 − (.8/1.1)^n) is 366 or more from n = 20 payments on.
  it('a cost is paid back after whole periods, the first payment at once, or never', () => {
    const years = [90, 100, 101, 172, 250, 366, 367].map((cost) => {
      const days = paybackDays(baselineOf().parts, new Decimal(cost));
      return days === null ? null : days / YEAR.days;
    });
    expect(years).toEqual([0, 0, 1, 1, 3, 19, null]);
    expect(paybackDays(baselineOf({ horizonPeriods: 3 }).parts, new Decimal(250))).toBeNull();
  });
});

describe('subscriptions of several lengths under other assumptions', () => {
  const monthly = { periodsPerYear: 12, retention: new Decimal('.8').pow(ONE.div(12)) };
  const ofMonths = { ...CELLS, fits: [{ length: lengthNamed('1m'), group: [] }], count: Float64Array.of(5, 1) };
  const settings = { ...SETTINGS, ...monthly };
  const months = { cells: ofMonths, valuation: valueContracts(ofMonths, settings), settings };
  const both: ContractBaseline = { ...baselineOf(), parts: [...baselineOf().parts, months] };
  const alone: ContractBaseline = { ...baselineOf(), parts: [months] };

  it.each([
    { retention: '+1%' },
    { growth: '2%' },
    { 'discount-rate': '12%', margin: '-3%' },
    { 'retention-cost': '2' },
  ] as const)('%o: equity is the sum of the lengths, each under the same change', (changes) => {
    expect(set(changes, both).equity).toBe(set(changes).equity + set(changes, alone).equity);
  });

  it('a new customer is worth the mean over all subscriptions, as if each were new', () => {
    const [year, month] = [set({}).prospect, set({}, alone).prospect];
    const off = 8n * set({}, both).prospect - (2n * year + 6n * month);
    expect(off >= -4n && off <= 4n).toBe(true);
    expect(prospectOf(both.parts)).toBe(set({}, both).prospect);
  });

  it('a cost is paid back on the first day on which any of them has paid enough', () => {
    // The mean of 8: the first payment of each is 100, then 75 of every 100 come monthly.
    expect(paybackDays(both.parts, new Decimal(100))).toBe(0);
    expect(paybackDays(both.parts, new Decimal(101))).toBe(lengthNamed('1m').days);
    const never = prospectOf(both.parts) + 1n;
    expect(paybackDays(both.parts, new Decimal(never.toString()).div(100))).toBeNull();
  });
});

describe('subscriptions of customers who differ', () => {
  const cells: ContractCells = { ...CELLS, count: Float64Array.of(300, 200) };
  const settings = { ...SETTINGS, model: sbg, retention: null };

  it('gain by retention, and have a value where each renewal is made by all', () => {
    const runs = {
      ...cells,
      length: 4,
      segment: new Int32Array(4),
      fit: new Int32Array(4),
      tenure: Int32Array.of(4, 1, 2, 3),
      made: Int32Array.of(3, 0, 1, 2),
      lost: Int32Array.of(0, 1, 1, 1),
      alive: Int32Array.of(1, 0, 0, 0),
      chance: Float64Array.of(1, 0, 0, 0),
      periods: Int32Array.of(4, 1, 2, 3),
    };
    const differing = {
      ...runs,
      margin: [400n, 100n, 200n, 300n].map((m) => m * 10n ** 10n),
      count: Float64Array.of(300, 120, 50, 30),
    };
    const valuation = valueContracts(differing, settings);
    const baseline = { ...baselineOf(), parts: [{ cells: differing, settings, valuation }] };
    const [now, more, all] = ['+0%', '+1%', '+50%'].map((retention) => set({ retention }, baseline).equity);
    expect(now).toBe(valuation.equity);
    expect(more).toBeGreaterThan(now!);
    expect(all).toBe(300n * 110000n);
  });
});
