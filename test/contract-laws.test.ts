import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf } from '../src/base/calendar.ts';
import { dueDay } from '../src/engine/subscriptions/lengths.ts';
import { day, lengthNamed } from './engine/subscriptions/payments.ts';
import { uniform } from './models/customers.ts';
import { compute, type Result } from './run.ts';
import { runs } from './runs.ts';

/** Laws of `clv compute --contract`, from the file to the figures. */
const HEADER = 'customer,date,amount,plan';
const AS_OF = '2025-06-30';
const ARGS = ['--margin', '100%', '--as-of', AS_OF, '--interval', 'none'];
const cents = (value: number | undefined): number => Math.round(value! * 100);
const text = (rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

/** What a customer does: payments on or after the due days, each made with some chance while the last was. */
interface Simulated {
  readonly plan: string;
  readonly length: string;
  readonly customers: number;
  /** The chance of the renewals of a customer, drawn for each. */
  readonly rate: (random: () => number) => number;
  readonly price?: number;
  readonly from?: string;
  /** The share that pays up to so many days late. */
  readonly late?: { readonly share: number; readonly days: number };
}

function simulated(
  { plan, length: name, customers, rate, price = 10, from = '2023-01-01', late = { share: 0.4, days: 6 } }: Simulated,
  seed: number,
): string[] {
  const random = uniform(seed);
  const length = lengthNamed(name);
  const until = day(AS_OF);
  return Array.from({ length: customers }, (_, i) => {
    const first = day(from) + Math.floor(random() * 0.7 * (until - day(from)));
    const own = rate(random);
    const rows: string[] = [];
    for (let k = 0; k === 0 || random() < own; k++) {
      const days = k > 0 && random() < late.share ? Math.ceil(random() * late.days) : 0;
      const paid = dueDay(first, k, length) + days;
      if (paid > until) break;
      rows.push(`${plan}${i},${isoOf(paid)},${price * (1 + (i % 3))}.00,${plan}`);
    }
    return rows;
  }).flat();
}

const MONTHLY: Simulated = { plan: 'm', length: '1m', customers: 150, rate: () => 0.9 };
const YEARLY: Simulated = { plan: 'y', length: '1y', customers: 150, rate: () => 0.6, price: 120, from: '2018-01-01' };

async function equity(files: readonly string[], ...args: string[]): Promise<number> {
  const { result } = await compute(files, ...ARGS, '--customers', 'none', ...args);
  return cents(result.summary['customer_equity']);
}

describe('laws', () => {
  it('customers that are split into two files are worth the same together, with a given retention', async () => {
    const rows = simulated({ ...MONTHLY, late: { share: 0, days: 0 } }, 3);
    const isOne = (row: string): boolean => Number(row.slice(1, row.indexOf(','))) % 2 === 0;
    const parts = [rows.filter(isOne), rows.filter((row) => !isOne(row))].map(text);
    const args = ['--contract', '1m', '--retention', '30%', '--grace', '0d'];
    const whole = await equity([text(rows)], ...args);
    expect(await equity(parts, ...args)).toBe(whole);
    expect((await equity([parts[0]!], ...args)) + (await equity([parts[1]!], ...args))).toBe(whole);
    expect(whole).toBeGreaterThan(0);
  });

  it('lengths of plans that are split into files of their own are worth the same as together, rates estimated', async () => {
    const [monthly, yearly] = [simulated(MONTHLY, 5), simulated(YEARLY, 6)];
    for (const model of ['sbg', 'retention']) {
      const of = (rows: readonly string[], contract: string) =>
        equity([text(rows)], '--contract', contract, '--model', model);
      const apart = (await of(monthly, '1m')) + (await of(yearly, '1y'));
      expect(await of([...monthly, ...yearly], 'm=1m,y=1y')).toBe(apart);
      expect(await of([...yearly, ...monthly], 'auto')).toBe(apart);
    }
  });

  it('money scaled by a whole number scales equity, up to the cent of each customer', async () => {
    const rows = simulated(MONTHLY, 7);
    const scaled = (by: number): string =>
      text(rows.map((row) => row.replace(/,(\d+)\.00,/, (_, paid) => `,${Number(paid) * by}.00,`)));
    const args = ['--contract', '1m', '--retention', '30%'];
    const once = await equity([scaled(1)], ...args);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 900 }), async (by) => {
        expect(Math.abs((await equity([scaled(by)], ...args)) - by * once)).toBeLessThanOrEqual(0.5 * (by + 1) * 150);
      }),
      { numRuns: runs(10) },
    );
  });
});

describe('simulated renewals with late payers', () => {
  const fitted = async (one: Simulated, seed: number, ...args: string[]): Promise<Result['model'] & Errors> =>
    (await compute([text(simulated(one, seed))], ...ARGS, '--contract', one.length, '--customers', 'none', ...args))
      .result.model as Result['model'] & Errors;
  interface Errors {
    readonly standard_errors: Record<string, number>;
  }

  it.each([
    ['1w', 0.95, '2024-06-01', 2],
    ['30d', 0.9, '2023-01-01', 9],
    ['1m', 0.9, '2023-01-01', 9],
    ['1q', 0.8, '2019-01-01', 20],
    ['1y', 0.7, '2010-01-01', 25],
  ] as const)('of %s recover one rate of %d within its standard error', async (length, rate, from, days) => {
    const late = { share: 0.5, days };
    const one: Simulated = { plan: 'p', length, customers: 500, rate: () => rate, from, late };
    const { parameters, standard_errors } = await fitted(one, 11, '--model', 'retention');
    const off = (parameters['retention']! - rate) / standard_errors['retention']!;
    expect(Math.abs(off), `${parameters['retention']} ± ${standard_errors['retention']}`).toBeLessThan(2.5);
  });

  it('of customers who differ recover the parameters of sBG: chances to leave of Beta(1, 4)', async () => {
    // Beta(1, b): 1 − u^(1/b).
    const rate = (random: () => number): number => random() ** (1 / 4);
    const one: Simulated = { ...MONTHLY, customers: 1500, rate, late: { share: 0.4, days: 10 } };
    const { parameters, standard_errors } = await fitted(one, 13);
    for (const [name, value] of [
      ['alpha', 1],
      ['beta', 4],
    ] as const) {
      const off = (parameters[name]! - value) / standard_errors[name]!;
      expect(Math.abs(off), `${name} ${parameters[name]} ± ${standard_errors[name]}`).toBeLessThan(2.5);
    }
  });
});
