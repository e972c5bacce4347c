import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import { placesOf } from '../../../src/commands/compute/fields.ts';
import { conditionsOf, conditionsTyped } from '../../../src/commands/compute/only.ts';
import { customerColumns } from '../../../src/data/customer-columns.ts';
import type { Block, Section } from '../../../src/data/report.ts';
import { chooseCustomers } from '../../../src/ledger/steps/chosen/chosen.ts';
import { customersSection, listColumns } from '../../../src/report/customers.ts';
import { csv } from '../../../src/reporter/csv.ts';
import { runs } from '../../runs.ts';
import { type Line, PLAIN, withLedger } from '../helpers.ts';
import { DATES, figures, value } from '../valued.ts';

const LISTED = { intervals: true };
const BY = ['region', 'channel'];
const NAMES = listColumns(BY, LISTED).map(({ name }) => name);

async function written(section: Section): Promise<string> {
  let text = '';
  const report = { command: 'compute', document: [['customers', section]] as const, main: 'customers', views: [] };
  for await (const chunk of csv.write(report, { width: 80, color: false })) text += Buffer.from(chunk);
  return text;
}

async function rowsOf(section: Section): Promise<string[][]> {
  const blocks: Block[] = [];
  for await (const block of section.blocks) blocks.push(block);
  return blocks.flatMap(({ length, cells }) =>
    Array.from({ length }, (_, row) => cells.map((column) => column[row] ?? '')),
  );
}

/** Conditions on what is printed as it is kept: whole numbers, days, cents and texts. */
const condition = fc.oneof(
  fc.tuple(fc.constantFrom('purchases', 'age_days'), fc.constantFrom('<', '>='), fc.constantFrom('1', '2', '700')),
  fc.tuple(fc.constant('last_purchase'), fc.constantFrom('<=', '>', '=', '!='), fc.constantFrom(...DATES)),
  fc.tuple(fc.constant('clv'), fc.constantFrom('<', '>=', '!='), fc.constantFrom('0', '12.3', '1000', '-4.25')),
  fc.tuple(fc.constantFrom('customer_id', 'region', 'channel'), fc.constantFrom('=', '!='), fc.constantFrom('a', 'N')),
);

function fulfils(cell: string, comparison: string, held: string, isText: boolean): boolean {
  const [a, b] = isText ? [cell, held] : [Number(cell), Number(held)];
  const tests: Record<string, boolean> = {
    ...{ '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b, '=': a === b, '!=': a !== b },
  };
  return tests[comparison]!;
}

it('lists who fulfils the conditions, in the columns that are asked for, whoever writes them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          ...([
            fc.constantFrom('a', 'b', 'c', 'd'),
            fc.constantFrom(...DATES),
            fc.integer({ min: 1, max: 9000 }),
          ] as const),
          ...([fc.constantFrom('N', 'S', ''), fc.constantFrom('a', 'web')] as const),
        ),
        { minLength: 1, maxLength: 20 },
      ),
      fc.array(condition, { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 }),
      figures,
      async (rows, typed, fields, figures) => {
        const lines = rows.map(([id, date, cents, ...by]): Line => [id, date, (cents / 100).toFixed(2), ...by]);
        await withLedger(lines, async (ledger) => {
          const rate = { rate: new Decimal('0.5'), rules: null };
          await value(ledger, { ...PLAIN, keys: BY, by: [0, 1], margin: rate }, 2, figures);
          const all = await rowsOf(customersSection({ blocks: ledger.customers(LISTED) }, BY, 0, 2, LISTED));
          const wanted = all.filter((row) =>
            typed.every(([column, comparison, held]) => {
              const isText = !['purchases', 'age_days', 'clv'].includes(column);
              return fulfils(row[NAMES.indexOf(column)]!, comparison, held, isText);
            }),
          );
          const text = typed.map((parts) => parts.join('')).join(',');
          const conditions = conditionsOf(conditionsTyped(text), customerColumns(LISTED), BY, 2);
          const sums = await chooseCustomers(ledger.loaded, conditions, customerColumns(LISTED), 0);
          const clv = wanted.reduce((sum, row) => sum.plus(row[NAMES.indexOf('clv')]!), new Decimal(0));
          expect(sums).toEqual({ customers: wanted.length, clv: BigInt(clv.times(100).toFixed(0)) });
          const chosen = { text, ...sums };
          const places = placesOf(fields, listColumns(BY, LISTED));
          const list = { ...LISTED, chosen };
          const fast = () => ledger.exports.csv!({ ...list, segments: BY.length, counted: 0, digits: 2, places });
          const slow = customersSection({ blocks: ledger.customers(list), fields }, BY, 0, 2, LISTED);
          expect(await rowsOf(slow)).toEqual(wanted.map((row) => fields.map((field) => row[NAMES.indexOf(field)]!)));
          const quick = customersSection({ blocks: ledger.customers(list), fields, csv: fast }, BY, 0, 2, LISTED);
          expect(await written(quick)).toBe(await written(slow));
        });
      },
    ),
    { numRuns: runs(30) },
  );
});

it('of a mean of no purchases nothing is known, so that no condition on it is fulfilled', async () => {
  const lines: Line[] = [
    ['once', '2024-01-05', '10'],
    ['twice', '2024-01-05', '10'],
    ['twice', '2024-02-05', '10'],
  ];
  await withLedger(lines, async (ledger) => {
    await value(ledger, PLAIN, 2, [0.5]);
    const conditions = conditionsOf(conditionsTyped('mean_margin_per_purchase<100'), customerColumns({}), [], 2);
    expect((await chooseCustomers(ledger.loaded, conditions, customerColumns({}), 0)).customers).toBe(1);
    expect((await chooseCustomers(ledger.loaded, conditions, customerColumns({}), 1)).customers).toBe(2);
  });
});
