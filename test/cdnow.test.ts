import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseUnits } from '../src/base/money.ts';
import { compute, type Result, withoutInput } from './run.ts';
import { DATA, hasData } from './shared.ts';

/** The CDNOW sample as of 1997-09-30, 15 % a year: the reference figures of an independent implementation. */
const PUBLISHED = ['--season', 'none', '--spend-from', 'repeat', '--model', 'pareto-nbd'];
const OPTIONS = ['--margin', '100%', '--discount-rate', '15%', '--as-of', '1997-09-30', ...PUBLISHED];
const sample = () => readFileSync(join(DATA, 'cdnow_sample_log.csv'), 'utf8').trim();
const near = (value: number, wanted: number, relative: number) =>
  expect(Math.abs(value / wanted - 1)).toBeLessThan(relative);
const clvOf = (result: Result, id: string) => result.customers.find((customer) => customer.customer_id === id)!.clv;

/** Deterministic shuffle. */
function shuffled(rows: readonly string[]): string[] {
  const all = [...rows];
  let state = 42;
  for (let i = all.length - 1; i > 0; i--) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const j = state % (i + 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}

describe.skipIf(!hasData)('CDNOW sample', () => {
  it('lifetime: likelihoods, parameters, equity, prospect value, single customers', async () => {
    const { result } = await compute([sample()], ...OPTIONS);
    expect(Math.abs(result.model.log_likelihood - -9594.976179)).toBeLessThan(1e-5);
    expect(Math.abs(result.model.spend.log_likelihood - -4055.917695)).toBeLessThan(1e-5);
    const wanted = { r: 0.55328, alpha: 10.57768, s: 0.60624, beta: 11.66874 };
    for (const [name, value] of Object.entries(wanted)) near(result.model.parameters[name]!, value, 1e-4);
    for (const [name, value] of Object.entries({ p: 6.24957, q: 3.74422, gamma: 15.44352 })) {
      near(result.model.spend.parameters[name]!, value, 1e-4);
    }
    near(result.summary['customer_equity']!, 262067.36, 1e-4);
    expect(result.summary['expected_active']).toBeCloseTo(1051.8753, 3);
    expect(result.summary['prospect_value']).toBeCloseTo(174.83, 2);
    const customers = { '0001': 160.59, '0002': 14.48, '0003': 16.86, '0006': 1187.48, '0509': 4344.89 };
    for (const [id, clv] of Object.entries(customers)) expect(Math.abs(clvOf(result, id) - clv)).toBeLessThan(0.0101);
    expect(result.customers[0]!.customer_id).toBe('0509');
  });

  it('three years', async () => {
    const { result } = await compute([sample()], ...OPTIONS, '--horizon', '3y');
    near(result.summary['customer_equity']!, 146664.33, 1e-4);
  });

  it('intervals by the delta method: of the estimate and of the outcome (formulas: Intervals)', async () => {
    const wanted = [
      ['lifetime', 139_935, 384_200, 18_413],
      ['3y', 108_353, 184_977, 8_263],
    ] as const;
    for (const [horizon, low, high, sd] of wanted) {
      const { result } = await compute([sample()], ...OPTIONS, '--horizon', horizon, '--model-error', 'none');
      const [from, to] = result.summary['customer_equity_interval'] as unknown as [number, number];
      near(from, low, 1e-4);
      near(to, high, 1e-4);
      const error = (to - from) / 2 / 1.959964;
      const [least, most] = result.summary['prediction_interval'] as unknown as [number, number];
      near(Math.sqrt(((most - least) / 2 / 1.959964) ** 2 - error ** 2), sd, 1e-3);
    }
  });

  it('bootstrap: its standard deviation is that of the reference within 10 %, and it is reproducible', async () => {
    const { result, text } = await compute(
      [sample()],
      ...OPTIONS,
      '--interval',
      'bootstrap=200',
      '--model-error',
      'none',
    );
    const [least, most] = result.summary['prediction_interval'] as unknown as [number, number];
    near(Math.sqrt(((most - least) / 2 / 1.959964) ** 2 - 18_413 ** 2), 55_500, 0.1);
    const again = await compute([sample()], ...OPTIONS, '--interval', 'bootstrap=200', '--model-error', 'none');
    expect(withoutInput(again.text) === withoutInput(text)).toBe(true);
  });

  it.each([
    ['bg-nbd', 'lifetime', -9582.429207, 243693.77, 4.65715],
    ['bg-nbd', '3y', -9582.429207, 142547.25, null],
    ['mbg-nbd', 'lifetime', -9582.135716, 212085.51, 4.288621],
  ] as const)('%s, %s', async (model, horizon, likelihood, equity, purchases) => {
    const { result } = await compute([sample()], ...OPTIONS.slice(0, -1), model, '--horizon', horizon);
    expect(Math.abs(result.model.log_likelihood - likelihood)).toBeLessThan(1e-5);
    near(result.summary['customer_equity']!, equity, 1e-4);
    // Discounted purchases of a new customer, the first included, each at the mean of the population.
    const { p, q, gamma } = result.model.spend.parameters as { p: number; q: number; gamma: number };
    if (purchases !== null) near(result.summary['prospect_value']!, (purchases * p * gamma) / (q - 1), 1e-4);
    if (model === 'mbg-nbd') {
      const customers = { '0001': 121.58, '0006': 799.76, '0509': 3126.27 };
      for (const [id, clv] of Object.entries(customers)) expect(Math.abs(clvOf(result, id) - clv)).toBeLessThan(0.0101);
    }
  });

  it('is the same for shuffled, split, quoted and CRLF files', async () => {
    const [header = '', ...rows] = sample().split('\n');
    const { text } = await compute([sample()], ...OPTIONS);
    const quoted = rows.map((row) =>
      row
        .split(',')
        .map((cell) => `"${cell}"`)
        .join(','),
    );
    const variants = [
      [[header, ...shuffled(rows)].join('\n')],
      [[header, ...rows.slice(0, 3000)].join('\n'), [header, ...rows.slice(3000)].join('\n')],
      [[header, ...quoted].join('\n')],
      [[header, ...rows, ''].join('\r\n')],
      [
        [
          header,
          ...rows.map((row, i) => (i === 7 ? row.replace(/,(\d+\.\d+),/, ',"$1",').replace(/,1,/, ',"1\n",') : row)),
        ].join('\n'),
      ],
    ];
    for (const contents of variants) {
      const variant = await compute(contents, ...OPTIONS);
      expect(withoutInput(variant.text) === withoutInput(text)).toBe(true);
    }
  });

  it('scales with money', async () => {
    const [header = '', ...rows] = sample().split('\n');
    const scaled = rows.map((row) => {
      const cells = row.split(',');
      const units = parseUnits(cells[3]!, 4)! * 100n;
      return [...cells.slice(0, 3), String(units / 10000n), ...cells.slice(4)].join(',');
    });
    const { result } = await compute([sample()], ...OPTIONS);
    const { result: hundred } = await compute([[header, ...scaled].join('\n')], ...OPTIONS);
    near(hundred.summary['customer_equity']!, 100 * result.summary['customer_equity']!, 1e-6);
    expect(hundred.model.parameters).toEqual(result.model.parameters);
  });

  it('sums to the cent: customers, segments, equity', async () => {
    const { text } = await compute([sample()], ...OPTIONS, '--by', 'cds');
    const sum = (pattern: RegExp, digits: number) =>
      [...text.matchAll(pattern)].reduce((total, match) => total + parseUnits(match[1]!, digits)!, 0n);
    const equity = sum(/^ {4}"customer_equity": ([-\d.]+)/gm, 2);
    expect(equity).toBeGreaterThan(0n);
    expect(sum(/"clv":([-\d.]+)/g, 2)).toBe(equity);
    expect(sum(/"customer_equity":([-\d.]+)/g, 2)).toBe(equity);
    for (const share of ['customer_share', 'revenue_share', 'equity_share']) {
      expect(sum(new RegExp(`"${share}":([-\\d.]+)`, 'g'), 6)).toBe(1_000_000n);
    }
  });
});

describe.skipIf(!hasData)('CDNOW, all customers', () => {
  it('conserves records and money', async () => {
    const contents = readFileSync(join(DATA, 'cdnow_full_log.csv'), 'utf8');
    const { result } = await compute([contents], '--margin', '30%', '--discount-rate', '12%');
    expect(result.input.files[0]!.records).toBe(69659);
    expect(result.summary['customers']).toBe(23570);
  });
});
