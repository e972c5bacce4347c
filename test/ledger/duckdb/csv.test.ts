import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import type { Section } from '../../../src/data/report.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { customersSection } from '../../../src/report/customers.ts';
import { csv } from '../../../src/reporter/csv.ts';
import { runs } from '../../runs.ts';
import { type Line, PLAIN, withLedger } from '../helpers.ts';
import { amounts, DATES, figures, rates, value } from '../valued.ts';

async function written(section: Section): Promise<string> {
  let text = '';
  const report = { command: 'compute', document: [['customers', section]] as const, main: 'customers', views: [] };
  for await (const chunk of csv.write(report, { width: 80, color: false })) text += Buffer.from(chunk);
  return text;
}

const LISTED = { intervals: true, next: true, risk: { high: 0.3, low: 0.7 } };

async function bothWays(
  ledger: Ledger,
  by: readonly string[],
  counted: 0 | 1,
  digits: number,
): Promise<[string, string]> {
  const fast = await written(
    customersSection(
      {
        blocks: ledger.customers(LISTED),
        csv: () => ledger.exports.csv!({ segments: by.length, counted, digits, ...LISTED }),
      },
      by,
      counted,
      digits,
      LISTED,
    ),
  );
  return [fast, await written(customersSection({ blocks: ledger.customers(LISTED) }, by, counted, digits, LISTED))];
}

it('the store writes every customer as the report does, for any amounts, rates and decimals', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('a', 'b7', 'C-3', 'x_y.z'), fc.constantFrom(...DATES), amounts), {
        minLength: 1,
        maxLength: 25,
      }),
      rates,
      fc.constantFrom(0, 2, 3, 4),
      fc.constantFrom<0 | 1>(0, 1),
      figures,
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
    { numRuns: runs(60) },
  );
});

it.each(['=1+1', 'a,b', 'say "a"', 'Jürgen', '-5', "O'Hara", ' '.concat('x'.repeat(3))])(
  'leaves a text that may need quotes or a guard to the report: %s',
  async (id) => {
    await withLedger([[id, '2024-01-05', '9.50']], async (ledger) => {
      await value(ledger, PLAIN, 2, [0.5]);
      expect(await ledger.exports.csv!({ segments: 0, counted: 0, digits: 2, intervals: true })).toBeNull();
    });
  },
);

it.each(['@SUM', '-1', '=a', '+x'])('leaves a segment that needs a guard to the report: %s', async (segment) => {
  await withLedger([['a', '2024-01-05', '9.50', segment]], async (ledger) => {
    await value(ledger, { ...PLAIN, keys: ['region'], by: [0] }, 2, [0.5]);
    expect(await ledger.exports.csv!({ segments: 1, counted: 0, digits: 2, intervals: true })).toBeNull();
  });
});
