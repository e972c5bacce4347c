import fc from 'fast-check';
import { expect, it } from 'vitest';
import { customersSection } from '../../src/aggregator/customers.ts';
import { Decimal } from '../../src/base/decimal.ts';
import type { Section } from '../../src/base/report.ts';
import type { Ledger, LoadPlan } from '../../src/ledger/ledger.ts';
import { csv } from '../../src/reporter/csv.ts';
import { type Line, PLAIN, withLedger } from './helpers.ts';

const DATES = ['2024-01-05', '2024-01-09', '2024-02-29', '2025-12-31'];
/** Values whose digits after the sixth decide, ties among them, and that are as large as they come. */
const FIGURES = [0, 1, 0.5, 1 / 128, 3 / 128, 0.9999995, 0.0000005, 12.3456785, 1e-9, 123456.7890625];

async function written(section: Section): Promise<string> {
  let text = '';
  const report = { command: 'compute', document: [['customers', section]] as const, main: 'customers', views: [] };
  for await (const chunk of csv.write(report, { width: 80, color: false })) text += Buffer.from(chunk);
  return text;
}

async function bothWays(
  ledger: Ledger,
  by: readonly string[],
  counted: 0 | 1,
  digits: number,
): Promise<[string, string]> {
  const fast = await written(
    customersSection(
      { blocks: ledger.customers(), csv: () => ledger.customersCsv(counted, digits) },
      by,
      counted,
      digits,
    ),
  );
  return [fast, await written(customersSection({ blocks: ledger.customers() }, by, counted, digits))];
}

async function value(ledger: Ledger, plan: LoadPlan, digits: number, figures: readonly number[]): Promise<void> {
  await ledger.load(plan);
  await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
  const { states } = await ledger.states();
  const column = (from: number): Float64Array =>
    Float64Array.from({ length: states.length }, (_, i) => figures[(i + from) % figures.length]!);
  await ledger.value(
    { states, pAlive: column(0), dert: column(1), spendBase: column(2), spendMultiplier: column(3) },
    digits,
  );
}

const amounts = fc.oneof(
  fc.integer({ min: -20_000_000, max: 90_000_000 }).map((units) => new Decimal(units).div(10_000).toFixed(4)),
  fc.integer({ min: 0, max: 4000 }).map((units) => new Decimal(units).times('0.005').toFixed(3)),
  fc.constantFrom('99999999999999.9999', '0.0050', '0.0149', '-0.0051', '0', '12345678.1250', '-99999999.9950'),
);

it('the store writes every customer as the report does, for any amounts, rates and decimals', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('a', 'b7', 'C-3', 'x_y.z'), fc.constantFrom(...DATES), amounts), {
        minLength: 1,
        maxLength: 25,
      }),
      fc.constantFrom('1', '0.333333', '0.35', '-0.2', '0.000001'),
      fc.constantFrom(0, 2, 3),
      fc.constantFrom<0 | 1>(0, 1),
      fc.array(fc.oneof(fc.constantFrom(...FIGURES), fc.double({ min: 0, max: 1e4, noNaN: true })), {
        minLength: 3,
        maxLength: 7,
      }),
      async (rows, rate, digits, counted, figures) => {
        const lines = rows.map(([id, date, amount]): Line => [id, date, amount, 'North East']);
        await withLedger(lines, async (ledger) => {
          const plan = { ...PLAIN, keys: ['region'], by: [0], margin: { rate: new Decimal(rate), rules: null } };
          await value(ledger, plan, digits, figures);
          const [fast, slow] = await bothWays(ledger, ['region'], counted, digits);
          expect(fast).toBe(slow);
        });
      },
    ),
    { numRuns: 60 },
  );
});

it.each(['=1+1', 'a,b', 'say "a"', 'Jürgen', '-5', "O'Hara", ' '.concat('x'.repeat(3))])(
  'leaves a text that may need quotes or a guard to the report: %s',
  async (id) => {
    await withLedger([[id, '2024-01-05', '9.50']], async (ledger) => {
      await value(ledger, PLAIN, 2, [0.5]);
      expect(await ledger.customersCsv(0, 2)).toBeNull();
    });
  },
);
