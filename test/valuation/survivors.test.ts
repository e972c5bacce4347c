import { describe, expect, it } from 'vitest';
import { Decimal } from '../../src/base/decimal.ts';
import { parseUnits, unitsText } from '../../src/base/money.ts';
import { survivorsReport } from '../../src/commands/compute/survivors/document.ts';
import type { Report, Section } from '../../src/data/report.ts';
import { bdw } from '../../src/models/contracts/bdw.ts';
import { constantRetention } from '../../src/models/contracts/constant-retention.ts';
import { sbg } from '../../src/models/contracts/sbg.ts';
import { csv } from '../../src/reporter/csv.ts';
import { json } from '../../src/reporter/json.ts';
import { table } from '../../src/reporter/table/table.ts';
import { type SurvivorSettings, valueSurvivors } from '../../src/valuation/survivors/value.ts';
import { expectedSurvivors, highEnd } from '../models/contracts/survivors.ts';
import { textOf } from '../reporter/helpers.ts';
import { hasData } from '../shared.ts';

const SETTINGS: SurvivorSettings = {
  model: sbg,
  retention: null,
  marginPerPeriod: new Decimal(100),
  discountRate: new Decimal('.1'),
  growth: new Decimal(0),
  periodsPerYear: 1,
  timing: 'existing-start',
  horizonPeriods: null,
  digits: 2,
  cost: null,
  interval: true,
};
const NOTES = {
  table: { name: 'survivors.csv', sha256: 'ab', bytes: 9, records: 8 },
  currency: null,
  horizon: 'lifetime',
  warnings: [],
};
const PARAMETERS = [0.764, 1.296];
const ALL = expectedSurvivors(sbg, PARAMETERS, 1_000_000, 8);
/** Five cohorts, the newest just acquired. */
const MIXED = [9, 6, 4, 2, 1].map((length, i) => ({ name: `20${20 + i}`, survivors: ALL.slice(0, length) }));

/** The one block of a section, as rows by column name. */
function rowsOf(report: Report, name: string): Record<string, string | null>[] {
  const section = report.document.find(([key]) => key === name)![1] as Section;
  const [block] = section.blocks as { length: number; cells: (string | null)[][] }[];
  return Array.from({ length: block!.length }, (_, row) =>
    Object.fromEntries(section.columns.map((column, i) => [column.name, block!.cells[i]![row]!])),
  );
}

const cents = (text: string | null | undefined): bigint => parseUnits(text ?? '', 2)!;

describe('survivors', () => {
  it('are worth their residual value by tenure, to the cent', () => {
    const valuation = valueSurvivors(MIXED, SETTINGS);
    expect(valuation.tenures.map(({ tenure, customers }) => [tenure, customers])).toEqual(
      [0, 1, 3, 5, 8].map((tenure) => [tenure, ALL[tenure]]),
    );
    // The published figures belong to .764, 1.296; whole customers move the fit a little.
    for (const [at, published] of [
      [0, 288.22],
      [1, 393.94],
    ] as const)
      expect(Math.abs(Number(valuation.tenures[at]!.residualValue) / 100 - published)).toBeLessThan(0.05);
    const total = valuation.tenures.reduce((sum, row) => sum + BigInt(row.customers) * row.residualValue, 0n);
    expect(valuation.equity).toBe(total);
    const [low, high] = valuation.equityInterval!;
    expect(low < valuation.equity && valuation.equity < high).toBe(true);
    expect(valuation.customers).toBe(valuation.tenures.reduce((sum, row) => sum + row.customers, 0));
    expect(Math.abs(Number(valuation.prospectValue) / 100 - (100 + 288.22 / 1.1))).toBeLessThan(0.05);
  });

  it('are undervalued by one rate', () => {
    const { oneRate, equity, customers } = valueSurvivors(MIXED, SETTINGS);
    const due = [7, 4, 2, 0].map((t) => ALL[t]!).reduce((a, b) => a + b);
    const made = [8, 5, 3, 1].map((t) => ALL[t]!).reduce((a, b) => a + b);
    const rate = new Decimal(made).div(due);
    expect(oneRate!.retention!.toFixed(20)).toBe(rate.toFixed(20));
    const each = rate.times(110).div(new Decimal('1.1').minus(rate)).toDecimalPlaces(2);
    expect(oneRate!.equity).toBe(BigInt(each.times(100).toFixed(0)) * BigInt(customers));
    expect(oneRate!.equity).toBeLessThan(equity);
  });

  it('follow horizon, growth, timing, length of period and currency', () => {
    const value = (change: Partial<SurvivorSettings>): number =>
      Number(valueSurvivors(MIXED, { ...SETTINGS, ...change }).tenures[0]!.residualValue);
    const base = value({});
    expect(value({ horizonPeriods: 1 })).toBeCloseTo(100 * 100 * (ALL[1]! / ALL[0]!), -1);
    expect(value({ timing: 'existing-end' })).toBeCloseTo(base / 1.1, -0.5);
    expect(value({ growth: new Decimal('.02') })).toBeGreaterThan(base);
    expect(value({ periodsPerYear: 12 })).toBeGreaterThan(base);
    expect(value({ digits: 0 })).toBe(Math.round(base / 100));
    expect(value({ marginPerPeriod: new Decimal(-100) })).toBe(-base);
    expect(valueSurvivors(MIXED, { ...SETTINGS, interval: false }).equityInterval).toBeNull();
    const { equityInterval } = valueSurvivors(MIXED, { ...SETTINGS, marginPerPeriod: new Decimal(-100) });
    expect(equityInterval![0]).toBeLessThan(equityInterval![1]);
  });

  it('all gone are worth nothing', async () => {
    const gone = expectedSurvivors(sbg, [2, 1], 200, 40);
    const valuation = valueSurvivors([{ name: 'old', survivors: gone }], SETTINGS);
    expect([gone.at(-1), valuation.customers, valuation.equity, valuation.tenures]).toEqual([0, 0, 0n, []]);
    expect(valuation.oneRate).toBeNull();
    const report = survivorsReport(valuation, NOTES);
    expect(rowsOf(report, 'cohorts')[0]).toMatchObject({ customers: '0', residual_value: null, equity_share: null });
    expect(JSON.parse(await textOf(json, report)).summary).toMatchObject({ customers: 0, undervaluation: null });
    expect(await textOf(table, report)).toContain('Customers alive');
  });

  it('fail as their model does: E311, E313 all who leave leave at once, E322 nobody leaves, E121', () => {
    const cohort = (survivors: number[]) => [{ name: null, survivors }];
    expect(() => valueSurvivors(cohort([1000]), SETTINGS)).toThrow(/E311/);
    expect(() => valueSurvivors(cohort([1000, 600, 600, 600]), SETTINGS)).toThrow(/E313/);
    const { model, limit } = valueSurvivors(cohort([1000, 600, 600, 600]), { ...SETTINGS, horizonPeriods: 3 });
    expect([model.name, limit?.of]).toEqual(['first-renewal', 'sbg']);
    const one = { ...SETTINGS, model: constantRetention, retention: null };
    expect(() => valueSurvivors(cohort([1000, 1000]), one)).toThrow(/E322/);
    expect(() => valueSurvivors(MIXED, { ...SETTINGS, discountRate: new Decimal(0) })).toThrow(/E121/);
  });
});

describe('the report', () => {
  const valuation = valueSurvivors(MIXED, SETTINGS);
  const report = survivorsReport(valuation, NOTES);

  it('has sums that are the sums of its parts', async () => {
    const document = JSON.parse(await textOf(json, report));
    expect(Object.keys(document)).toEqual(
      '$schema schema_version command methodology input warnings model summary tenures cohorts survival'.split(' '),
    );
    const equity = cents(unitsText(valuation.equity, 2));
    for (const name of ['tenures', 'cohorts']) {
      const rows = rowsOf(report, name);
      expect(rows.reduce((sum, row) => sum + cents(row['customer_equity']), 0n)).toBe(equity);
      expect(rows.reduce((sum, row) => sum + parseUnits(row['equity_share']!, 6)!, 0n)).toBe(1_000_000n);
      for (const row of rows)
        expect(cents(row['customer_equity'])).toBe(BigInt(row['customers']!) * cents(row['residual_value']));
    }
    const { summary, model } = document;
    expect(summary.undervaluation).toBeCloseTo(summary.customer_equity - summary.single_rate_equity, 2);
    expect(summary.retention_aggregate).toBeGreaterThan(0.6);
    expect([model.name, model.time_unit, Object.keys(model.parameters)]).toEqual(['sbg', 'period', ['alpha', 'beta']]);
    expect(document.methodology).toMatchObject({ horizon: 'lifetime', discount_rate_annual: 0.1, periods_per_year: 1 });
    expect(document.input.tables).toEqual([NOTES.table]);
  });

  it('projects survival beyond the table, seen and modelled side by side', () => {
    const rows = rowsOf(report, 'survival');
    expect(rows.map((row) => row['period'])).toEqual(Array.from({ length: 17 }, (_, t) => String(t)));
    expect(rows[0]).toMatchObject({
      customers_acquired: '5000000',
      survivors: '5000000',
      projected_survival: '1.000000',
    });
    expect(rows[8]).toMatchObject({ customers_acquired: '1000000', survivors: String(ALL[8]) });
    expect(rows[9]).toMatchObject({ customers_acquired: '1000000', survivors: null });
    for (const row of rows.slice(0, 9))
      expect(Math.abs(Number(row['projected_survivors']) - Number(row['survivors']))).toBeLessThan(100);
  });

  it('is read by people and spreadsheets', async () => {
    const text = await textOf(table, report, { width: 120 });
    for (const words of ['Residual value by tenure', 'Cohorts', 'Projected survival', 'at the aggregate retention of'])
      expect(text).toContain(words);
    expect(await textOf(csv, report)).toMatch(
      /^tenure,customers,survival,retention_next,residual_value,customer_equity,/,
    );
    const plain = survivorsReport(
      valueSurvivors([{ name: null, survivors: ALL }], { ...SETTINGS, model: bdw, growth: new Decimal('.01') }),
      { ...NOTES, currency: 'EUR', horizon: '5y' },
    );
    const words = await textOf(table, plain, { width: 120 });
    expect(words).toContain('truncated at 5y');
    expect(words).toContain('growing 1% a year');
    expect(words).toContain(' EUR');
    expect(words).not.toContain('Cohorts');
    expect(JSON.parse(await textOf(json, plain)).cohorts).toEqual([]);
  });
});

describe.skipIf(!hasData)('"High End" (../shared/data)', () => {
  it('year 12: 378.0 of 1,000', () => {
    const valuation = valueSurvivors([{ name: null, survivors: highEnd() }], SETTINGS);
    expect(rowsOf(survivorsReport(valuation, NOTES), 'survival')[12]).toMatchObject({
      survivors: null,
      projected_survivors: '378.0',
    });
    expect(valuation.tenures.map(({ tenure, customers }) => [tenure, customers])).toEqual([[7, 491]]);
  });
});
