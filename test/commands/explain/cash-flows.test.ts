import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDay } from '../../../src/base/calendar.ts';
import { parseUnits } from '../../../src/base/money.ts';
import {
  cashFlowsSection,
  type ExpectedMargin,
  totalsOf,
  valueUnits,
  withTotal,
} from '../../../src/commands/explain/cash-flows.ts';
import type { Section } from '../../../src/data/report.ts';
import { cashRows, expectations, onlyState, ROW_PERIODS, type RowPeriod } from '../../../src/engine/cash-flows.ts';
import { paretoNbd } from '../../../src/models/pareto-nbd/pareto-nbd.ts';
import { runs } from '../../runs.ts';

const PARAMETERS = [0.55328, 10.57768, 0.60624, 11.66874];
const DELTA = Math.log(1.15) / 365.25;
const AS_OF = parseIsoDay('1997-09-30');
const STATE = { x: 7, recency: 206, age: 272 };

const states = fc.tuple(fc.nat(60), fc.nat(700), fc.nat(700)).map(([x, more, idle]) => {
  const recency = x === 0 ? 0 : x + more;
  return { x, recency, age: recency + idle };
});
const margins = fc.record({
  base: fc.double({ min: 0, max: 50, noNaN: true }),
  weight: fc.double({ min: 0, max: 1, noNaN: true }),
  mean: fc.double({ min: -100, max: 1e5, noNaN: true }),
});

function flowsOf(state: typeof STATE, margin: ExpectedMargin, period: RowPeriod, horizon: number | null) {
  const rows = cashRows(period, horizon);
  const pAlive = paretoNbd.pAlive(onlyState(state), PARAMETERS)[0]!;
  const until = expectations({ state, pAlive }, paretoNbd, PARAMETERS, DELTA, rows.ends);
  return { ...rows, until, margin, clv: valueUnits(until.at(-1)!.discounted, margin, 2) };
}

function column(section: Section, name: string): (string | null)[] {
  const at = section.columns.findIndex((one) => one.name === name);
  return [...(section.blocks as Iterable<{ cells: (string | null)[][] }>)].flatMap((block) => block.cells[at]!);
}

const units = (section: Section, name: string, digits: number): bigint[] =>
  column(section, name).map((text) => parseUnits(text!, digits)!);
const sum = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);

describe('cash flows', () => {
  it('add up to the CLV to the cent, and so does the total row', () => {
    fc.assert(
      fc.property(states, margins, fc.constantFrom(...Object.values(ROW_PERIODS)), (state, margin, period) => {
        const flows = flowsOf(state, margin, period, null);
        expect(sum(units(cashFlowsSection(totalsOf(flows, 2), AS_OF, 2), 'present_value', 2))).toBe(flows.clv);
        expect(units(withTotal(totalsOf(flows, 2), AS_OF, 2), 'present_value', 2).at(-1)).toBe(flows.clv);
      }),
      { numRuns: runs(200), seed: 5 },
    );
  });

  it('of a year are those of its months, in every column', () => {
    fc.assert(
      fc.property(states, margins, (state, margin) => {
        const years = cashFlowsSection(totalsOf(flowsOf(state, margin, ROW_PERIODS['1y'], 1095.75), 2), AS_OF, 2);
        const months = cashFlowsSection(totalsOf(flowsOf(state, margin, ROW_PERIODS['1m'], 1095.75), 2), AS_OF, 2);
        for (const [name, digits] of [
          ['expected_purchases', 6],
          ['expected_margin', 2],
          ['present_value', 2],
        ] as const) {
          const parts = units(months, name, digits);
          const sums = [0, 12, 24].map((from) => sum(parts.slice(from, from + 12)));
          expect(sums).toEqual(units(years, name, digits));
        }
      }),
      { numRuns: runs(100), seed: 5 },
    );
  });

  it('up to a horizon are the first rows of the lifetime', () => {
    fc.assert(
      fc.property(states, margins, fc.integer({ min: 1, max: 10 }), (state, margin, years) => {
        const whole = cashFlowsSection(totalsOf(flowsOf(state, margin, ROW_PERIODS['1y'], null), 2), AS_OF, 2);
        const flows = flowsOf(state, margin, ROW_PERIODS['1y'], 365.25 * years);
        const part = cashFlowsSection(totalsOf(flows, 2), AS_OF, 2);
        for (const name of ['period', 'from', 'to', 'expected_margin', 'present_value'])
          expect(column(part, name)).toEqual(column(whole, name).slice(0, years));
        expect(sum(units(whole, 'present_value', 2).slice(0, years))).toBe(flows.clv);
      }),
      { numRuns: runs(100), seed: 5 },
    );
  });

  it('have dates on the nearest day, none without an as-of date, and say what is cut or without end', () => {
    const margin = { base: 2, weight: 0.9, mean: 70 };
    const cut = cashFlowsSection(totalsOf(flowsOf(STATE, margin, ROW_PERIODS['1y'], 800), 2), AS_OF, 2);
    expect(column(cut, 'period')).toEqual(['year 1', 'year 2', 'year 3, part']);
    expect(column(cut, 'from')).toEqual(['1997-09-30', '1998-09-30', '1999-10-01']);
    expect(column(cut, 'to')).toEqual(['1998-09-30', '1999-10-01', '1999-12-09']);
    const whole = cashFlowsSection(totalsOf(flowsOf(STATE, margin, ROW_PERIODS['1y'], null), 2), null, 2);
    expect(new Set([...column(whole, 'from'), ...column(whole, 'to')])).toEqual(new Set([null]));
    expect(column(whole, 'period').at(-1)).toBe('thereafter');
    for (const name of ['expected_purchases', 'expected_margin', 'discount_factor'])
      expect(column(whole, name).at(-1)).toBe(null);
  });

  it('have a discount factor that falls, between the discount of the end and of the start of the row', () => {
    fc.assert(
      fc.property(states, (state) => {
        const flows = flowsOf(state, { base: 1, weight: 0, mean: 0 }, ROW_PERIODS['1y'], 3652.5);
        for (const [k, text] of column(cashFlowsSection(totalsOf(flows, 2), AS_OF, 2), 'discount_factor').entries()) {
          expect(Number(text)).toBeLessThanOrEqual(1.15 ** -k);
          expect(Number(text)).toBeGreaterThanOrEqual(1.15 ** -(k + 1));
        }
      }),
      { numRuns: runs(100), seed: 5 },
    );
  });

  it('of a customer who will not buy have no discount factor', () => {
    const flows = { ...cashRows(ROW_PERIODS['1y'], 365.25), until: [{ days: 365.25, purchases: 0, discounted: 0 }] };
    const section = cashFlowsSection(
      totalsOf({ ...flows, margin: { base: 1, weight: 0, mean: 0 }, clv: 0n }, 2),
      AS_OF,
      2,
    );
    expect(column(section, 'discount_factor')).toEqual([null]);
    expect(column(section, 'present_value')).toEqual(['0.00']);
  });
});
