import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cells, Factors, Group, Joint, SpendStates, States } from '../../src/data/states.ts';
import {
  cellsOfGroup,
  joinedFactors,
  jointOfGroup,
  pooledSpend,
  pooledStates,
  spendOfGroup,
  statesOfGroup,
  withGaps,
} from '../../src/engine/groups.ts';
import { runs } from '../runs.ts';

const [north, south]: readonly [Group, Group] = [
  { name: ['north', 'web'], start: 0, end: 2 },
  { name: ['north', 'shop'], start: 2, end: 5 },
];
const states: States = {
  length: 5,
  groups: [north, south],
  x: Int32Array.of(0, 3, 0, 3, 4),
  recency: Int32Array.of(0, 20, 0, 20, 9),
  age: Int32Array.of(50, 60, 50, 61, 10),
  count: Float64Array.of(7, 1, 5, 2, 4),
};
const spend: SpendStates = {
  length: 3,
  groups: [
    { name: ['north', 'shop'], start: 0, end: 2 },
    { name: ['north', 'web'], start: 2, end: 3 },
  ],
  x: Int32Array.of(3, 4, 3),
  mean: Float64Array.of(2.5, 8, 2.5),
  count: Float64Array.of(2, 4, 1),
};

describe('a group', () => {
  it('has its own states alone, and what is known of its gaps', () => {
    expect(statesOfGroup(states, south)).toEqual({
      length: 3,
      x: Int32Array.of(0, 3, 4),
      recency: Int32Array.of(0, 20, 9),
      age: Int32Array.of(50, 61, 10),
      count: Float64Array.of(5, 2, 4),
    });
    expect(statesOfGroup(states, { ...south, logGaps: 1.5 }).logGaps).toBe(1.5);
  });

  it('has its spend by the whole of its name, and none where it has none', () => {
    const own = spendOfGroup(spend, south);
    expect(own).toEqual({
      length: 2,
      x: Int32Array.of(3, 4),
      mean: Float64Array.of(2.5, 8),
      count: Float64Array.of(2, 4),
    });
    expect(spendOfGroup(spend, north).count).toEqual(Float64Array.of(1));
    expect(spendOfGroup(spend, { name: ['south', 'web'], start: 0, end: 2 })).toMatchObject({ length: 0 });
  });

  it('counts its cells and customers from its own first state', () => {
    const cells: Cells = {
      length: 6,
      state: Int32Array.of(0, 1, 1, 2, 3, 4),
      segment: Int32Array.of(0, 0, 1, 1, 0, 1),
      segments: [['a'], ['b']],
      count: Float64Array.of(7, 1, 0, 5, 2, 4),
      mean: Float64Array.of(1, 2, 3, 4, 5, 6),
      square: Float64Array.of(1, 4, 9, 16, 25, 36),
    };
    expect(cellsOfGroup(cells, south)).toEqual({
      length: 3,
      state: Int32Array.of(0, 1, 2),
      segment: Int32Array.of(1, 0, 1),
      segments: cells.segments,
      count: Float64Array.of(5, 2, 4),
      mean: Float64Array.of(4, 5, 6),
      square: Float64Array.of(16, 25, 36),
    });
    expect(cellsOfGroup(cells, north).state).toEqual(Int32Array.of(0, 1, 1));
    const joint: Joint = {
      length: 5,
      state: Int32Array.of(0, 1, 2, 3, 4),
      spend: Int32Array.of(-1, 2, -1, 0, 1),
      count: Float64Array.of(7, 1, 5, 2, 4),
    };
    expect(jointOfGroup(joint, south, spend)).toEqual({
      length: 3,
      state: Int32Array.of(0, 1, 2),
      spend: Int32Array.of(-1, 0, 1),
      count: Float64Array.of(5, 2, 4),
    });
    expect(jointOfGroup(joint, north, spend).spend).toEqual(Int32Array.of(-1, 0));
  });

  it('has Σ ln of the weeks of its gaps, and all have the sum of those', () => {
    const gaps = [
      { name: north.name, days: Int32Array.of(7, 14), count: Float64Array.of(10, 3) },
      { name: south.name, days: Int32Array.of(1), count: Float64Array.of(2) },
    ];
    const found = withGaps(states, gaps);
    expect(found.groups!.map(({ logGaps }) => logGaps)).toEqual([3 * Math.log(2), 2 * Math.log(1 / 7)]);
    expect(found.logGaps).toBeCloseTo(3 * Math.log(2) - 2 * Math.log(7), 14);
    expect(withGaps(states, gaps.slice(1)).groups![0]!.logGaps).toBe(0);
    const { groups: _, ...alone } = states;
    expect(withGaps(alone, gaps)).not.toHaveProperty('groups');
  });
});

describe('factors of groups', () => {
  const figures = (from: number, size: number): Float64Array => Float64Array.from({ length: size }, (_, i) => from + i);
  const part = (group: Group, from: number): Factors => {
    const size = group.end - group.start;
    const [a, b, c, d] = [0, 100, 200, 300].map((more) => figures(from + more, size)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    return {
      ...{ states: statesOfGroup(states, group), pAlive: a, dert: b, spendBase: c, spendMultiplier: d },
      bounds: {
        prediction: { low: figures(from + 400, size), high: figures(from + 500, size) },
        confidence: {
          ...{ below: figures(from + 600, size), above: figures(from + 700, size), base: figures(from + 800, size) },
          ...{ linear: figures(from + 900, size), quadratic: figures(from + 1000, size) },
        },
      },
      next: {
        ...{ buysAgain: figures(from + 1100, size), from: figures(from + 1200, size) },
        ...{ median: figures(from + 1300, size), to: figures(from + 1400, size) },
      },
    };
  };
  const parts = [part(north, 0), part(south, 50)];
  const joined = (more: number): Float64Array => Float64Array.of(more, more + 1, more + 50, more + 51, more + 52);

  it('are those of all states, one group after the other', () => {
    expect(joinedFactors(states, parts)).toEqual({
      ...{ states, pAlive: joined(0), dert: joined(100), spendBase: joined(200), spendMultiplier: joined(300) },
      bounds: {
        prediction: { low: joined(400), high: joined(500) },
        confidence: {
          ...{ below: joined(600), above: joined(700), base: joined(800) },
          ...{ linear: joined(900), quadratic: joined(1000) },
        },
      },
      next: { buysAgain: joined(1100), from: joined(1200), median: joined(1300), to: joined(1400) },
    });
  });

  it('have bounds, their confidence and a next purchase where every group has them', () => {
    const [first, second] = parts as [Factors, Factors];
    const { bounds, next, ...bare } = second;
    expect(joinedFactors(states, [first, bare])).not.toHaveProperty('bounds');
    expect(joinedFactors(states, [first, bare])).not.toHaveProperty('next');
    const unsure = { ...second, bounds: { ...bounds!, confidence: null }, next: next! };
    expect(joinedFactors(states, [first, unsure]).bounds!.confidence).toBeNull();
  });
});

describe('groups as if there were none', () => {
  it('have equal states together, sorted, with all customers', () => {
    expect(pooledStates({ ...states, logGaps: 2 })).toEqual({
      length: 4,
      logGaps: 2,
      x: Int32Array.of(0, 3, 3, 4),
      recency: Int32Array.of(0, 20, 20, 9),
      age: Int32Array.of(50, 60, 61, 10),
      count: Float64Array.of(12, 1, 2, 4),
    });
    expect(pooledStates(states)).not.toHaveProperty('logGaps');
    expect(pooledSpend(spend)).toEqual({
      length: 2,
      x: Int32Array.of(3, 4),
      mean: Float64Array.of(2.5, 8),
      count: Float64Array.of(3, 4),
    });
  });

  it('lose nobody, and have no state twice', () => {
    const few = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(fc.array(fc.tuple(few, few, few, fc.integer({ min: 1, max: 9 })), { maxLength: 40 }), (rows) => {
        const column = (k: number): Int32Array => Int32Array.from(rows, (row) => row[k]!);
        const [x, recency, age, count] = [column(0), column(1), column(2), Float64Array.from(rows, (row) => row[3])];
        const pooled = pooledStates({ length: rows.length, x, recency, age, count });
        const key = (of: Pick<States, 'x' | 'recency' | 'age'>, i: number): string =>
          [of.x[i], of.recency[i], of.age[i]].join(' ');
        const expected = new Map<string, number>();
        for (let i = 0; i < rows.length; i++) {
          const own = key({ x, recency, age }, i);
          expected.set(own, (expected.get(own) ?? 0) + count[i]!);
        }
        const sorted = [...expected].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(Array.from(pooled.count, (customers, i) => [key(pooled, i), customers])).toEqual(sorted);
        expect(pooled.length).toBe(sorted.length);
        const mean = Float64Array.from(recency);
        const bySpend = pooledSpend({ length: rows.length, x, mean, count });
        const spent = new Map<string, number>();
        for (let i = 0; i < rows.length; i++) {
          const own = `${x[i]} ${mean[i]}`;
          spent.set(own, (spent.get(own) ?? 0) + count[i]!);
        }
        const found = Array.from(bySpend.count, (customers, i) => [`${bySpend.x[i]} ${bySpend.mean[i]}`, customers]);
        expect(found).toEqual([...spent].sort(([a], [b]) => (a < b ? -1 : 1)));
      }),
      { numRuns: runs(200) },
    );
  });
});
