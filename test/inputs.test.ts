import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { parquet } from './make-parquet.ts';
import { workbook } from './make-workbook.ts';
import { withoutInput } from './run.ts';
import { runs } from './runs.ts';

/** The same transactions are the same figures, whatever kind of file they come in. */
const folder = mkdtempSync(join(tmpdir(), 'clv-inputs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const model = join(folder, 'model.json');
writeFileSync(
  model,
  JSON.stringify({
    model: {
      name: 'pareto-nbd',
      time_unit: 'week',
      parameters: { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 },
      spend: { name: 'gamma-gamma', parameters: { p: 6.25, q: 3.74, gamma: 15.44 } },
    },
  }),
);

interface Line {
  readonly customer: string;
  readonly day: number;
  readonly cents: number;
  readonly region: string;
}

const text = fc.oneof(
  fc.constantFrom('C1', 'C2', 'c1', '007', 'Zoë', '日本', '🙂', '1e3', 'NULL', '__proto__'),
  fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', ' ', "'", ';', '\n', 'é') }),
);
const line = fc.record({
  customer: text.filter((id) => id.trim() !== ''),
  day: fc.integer({ min: 0, max: 900 }),
  cents: fc.oneof(fc.integer({ min: -5000, max: 50_000 }), fc.constantFrom(1, 99_999_999_999)),
  region: text,
});
const dateOf = (day: number) => new Date(Date.UTC(2022, 0, 1 + day)).toISOString().slice(0, 10);
const amountOf = (cents: number) => (cents / 100).toFixed(2);
const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
const literal = (value: string) => `'${value.replaceAll("'", "''")}'`;
const csv = (lines: readonly Line[]) =>
  `customer,date,amount,region\n${lines
    .map((l) => `${quoted(l.customer)},${dateOf(l.day)},${amountOf(l.cents)},${quoted(l.region)}\n`)
    .join('')}`;
/** The same as a workbook: dates are days since 1900 by their style, amounts numbers with the dust of binary fractions. */
const xlsx = (lines: readonly Line[], shared: boolean) => {
  const rows = lines.map(({ customer, day, cents, region }) => [
    customer,
    { xml: `<c r="@" s="1"><v>${44_562 + day}</v></c>` },
    { xml: `<c r="@"><v>${(cents / 100).toPrecision(17)}</v></c>` },
    region,
  ]);
  const sheets = [{ name: 'Orders', rows: [['customer', 'date', 'amount', 'region'], ...rows] }];
  return workbook(sheets, { formats: ['dd/mm/yyyy'], shared });
};
/** Rows with columns of types. */
const query = (lines: readonly Line[], date: string, amount: string) =>
  `SELECT customer, ${date} AS date, ${amount} AS amount, region FROM (VALUES ${lines
    .map((l, i) => `(${i}, ${literal(l.customer)}, '${dateOf(l.day)}', '${amountOf(l.cents)}', ${literal(l.region)})`)
    .join(', ')}) AS t(i, customer, d, a, region) ORDER BY i`;

async function compute(input: string, ...args: string[]): Promise<string> {
  const out = join(folder, 'out.json');
  const options = ['--margin', '30%', '--by', 'region', '--use-model', model, '--interval', 'none', '-qq', '-o', out];
  expect(await main(['compute', input, ...options, ...args])).toBe(0);
  return readFileSync(out, 'utf8');
}

it('as text, packed, in a folder, in a workbook, in an archive, and in columns of any types', async () => {
  let turn = 0;
  const lines = fc.array(line, { minLength: 2, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 1, max: 59 }), async (rows, cut) => {
      fc.pre(rows.some(({ cents }) => cents >= 0));
      const path = (name: string) => join(folder, `${turn}-${name}`);
      turn++;
      writeFileSync(path('a.csv'), csv(rows));
      writeFileSync(path('a.csv.gz'), gzipSync(csv(rows)));
      mkdirSync(path('parts'));
      const halves = [rows.slice(0, cut), rows.slice(cut)].filter((part) => part.length > 0).map(csv);
      const parts = halves[0] === halves[1] ? [csv(rows)] : halves;
      for (const [i, part] of parts.entries()) writeFileSync(join(path('parts'), `${i}.csv`), part);
      writeFileSync(path('a.xlsx'), xlsx(rows, cut % 2 === 0));
      writeFileSync(path('a.zip'), zipSync({ 'in/a.csv': strToU8(csv(rows)) }));
      writeFileSync(path('b.zip'), zipSync(Object.fromEntries(parts.map((part, i) => [`${i}.csv`, strToU8(part)]))));
      writeFileSync(path('c.zip'), zipSync({ 'a.xlsx': xlsx(rows, true) }));
      const inputs = [
        path('a.csv.gz'),
        path('a.xlsx'),
        path('a.zip'),
        path('b.zip'),
        path('c.zip'),
        path('parts'),
        await parquet(path('1.parquet'), query(rows, 'd::DATE', 'a::DECIMAL(18,2)')),
        await parquet(path('2.parquet'), query(rows, `d::TIMESTAMP + INTERVAL '23:59:59'`, 'a::DOUBLE')),
      ];
      const instants = await parquet(path('3.parquet'), query(rows, `(d || ' 12:00:00+00')::TIMESTAMPTZ`, 'a'));
      const wanted = withoutInput(await compute(path('a.csv')));
      for (const input of inputs) expect(withoutInput(await compute(input))).toBe(wanted);
      expect(withoutInput(await compute(instants, '--timezone', 'UTC'))).toBe(wanted);
    }),
    { numRuns: runs(8) },
  );
});

it('a result is never written over a file of the folder that is read', async () => {
  const input = join(folder, 'in');
  mkdirSync(input);
  writeFileSync(join(input, 'a.csv'), 'customer,date,amount\nC1,2024-01-02,1\n');
  expect(await main(['compute', input, '--margin', '1', '-qq', '-o', join(input, 'a.csv')])).toBe(2);
  expect(readFileSync(join(input, 'a.csv'), 'utf8')).toContain('C1');
});
