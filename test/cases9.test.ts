import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { main } from '../src/main.ts';

/** Small logs with right figures, not part of the project: skipped where they are missing. Without options each is refused, or warned of. */
const FOLDER = join(import.meta.dirname, '../../shared/cases');
const there = existsSync(join(FOLDER, 'right.json'));
const out = mkdtempSync(join(tmpdir(), 'clv-cases9-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

interface Right {
  readonly [customer: string]: { readonly purchases: number; readonly revenue: number; readonly clv: number };
}

interface Customer {
  readonly customer_id: string;
  readonly purchases: number;
  readonly revenue: number;
  readonly clv: number;
}

interface Result {
  readonly summary: { readonly customer_equity: number };
  readonly segments: readonly { readonly channel?: string; readonly customers: number }[];
  readonly customers: readonly Customer[];
  readonly warnings: readonly { readonly code: string }[];
}

async function compute(files: readonly string[], ...options: string[]) {
  const file = join(out, 'out.json');
  const written: string[] = [];
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const fixed = ['--margin', '100%', '--use-model', join(FOLDER, 'model.json'), '--interval', 'none', '-o', file];
  const asOf = options.includes('--as-of') ? [] : ['--as-of', '2024-06-30'];
  try {
    const code = await main(['compute', ...files.map((name) => join(FOLDER, name)), ...fixed, ...asOf, ...options]);
    const said = written.join('');
    return { code, said, result: code === 0 ? (JSON.parse(readFileSync(file, 'utf8')) as Result) : null };
  } finally {
    stderr.mockRestore();
  }
}

async function mustGive(right: Right, equity: number | null, files: readonly string[], ...options: string[]) {
  const { code, said, result } = await compute(files, ...options);
  expect(code, said).toBe(0);
  const found = result!.customers.map(({ customer_id, purchases, revenue, clv }) => [
    customer_id,
    { purchases, revenue, clv },
  ]);
  expect(Object.fromEntries(found)).toEqual(right);
  if (equity !== null) expect(result!.summary.customer_equity).toBe(equity);
}

/** Refused without the option, with the option in the remedy; right with it. */
async function cured(
  code: string,
  remedy: string,
  [right, equity]: readonly [Right, number | null],
  files: readonly string[],
  ...options: string[]
) {
  const bare = await compute(files, ...options);
  expect(bare.code).toBe(65);
  expect(bare.said).toContain(`error[${code}]`);
  expect(bare.said).toContain(remedy);
  const pasted = [...remedy.matchAll(/'[^']*'|\S+/g)].map(([word]) => word.replace(/^'|'$/g, ''));
  await mustGive(right, equity, files, ...options, ...pasted);
}

describe.skipIf(!there)('right figures of small logs (../shared/cases)', () => {
  const right = there ? JSON.parse(readFileSync(join(FOLDER, 'right.json'), 'utf8')).right : {};
  const of = (start: string) => right[Object.keys(right).find((name) => name.startsWith(start))!];

  it('a price beside a quantity', () =>
    cured('E294', "--amount 'Quantity * Price'", of('quantity-price'), ['quantity-price.csv']));

  it('a refund column, with charges in a status column that says so', async () => {
    const options = ['--date', 'Created'];
    const { said } = await compute(['refund-column.csv'], ...options);
    expect(said).toContain('error[E292]');
    expect(said).toContain('error[E293]');
    const taken = ['--amount', 'Amount - Amount Refunded', '--as-is', 'status'];
    await mustGive(...(of('refund-column') as [Right, number]), ['refund-column.csv'], ...options, ...taken);
  });

  it('refunds in rows of their own', () =>
    cured('E292', "--minus 'type=refund'", of('refund-type'), ['refund-type.csv']));

  it('two files that overlap', () =>
    cured('E299', '--once order_id', of('overlap-1'), ['overlap-1.csv', 'overlap-2.csv'], '--as-of', '2024-05-20'));

  it('ids that are one number', async () => {
    const files = ['ids-float-1.csv', 'ids-float-2.csv'];
    const { said } = await compute(files);
    expect(said).toContain('warning[W363]');
    expect(said).toContain('--fold-ids');
    await mustGive(...(of('ids-float') as [Right, number]), files, '--fold-ids');
  });

  it('an id that is nobody', () => cured('E297', "--where 'customer_id!=NULL'", of('ids-null'), ['ids-null.csv']));

  it('a status', () => cured('E292', "--where 'status=paid'", [of('status'), null], ['status.csv']));

  it('two-digit years and names of months', async () => {
    const both = of('two-digit-year');
    await mustGive(...(both['two-digit'] as [Right, number]), ['two-digit-year.csv']);
    await mustGive(...(both['month-name'] as [Right, number]), ['month-name.csv']);
  });

  it('the channel that won a customer', async () => {
    const customers = async (...options: string[]) => {
      const { result } = await compute(['first-channel.csv'], '--by', 'channel', ...options);
      return Object.fromEntries(result!.segments.map(({ channel, customers: count }) => [channel, count]));
    };
    expect(await customers('--segment-from', 'first')).toEqual({ ads: 2 });
    expect(await customers()).toEqual({ ads: 1, organic: 1 });
  });

  it('two currencies are refused with the money of each', async () => {
    const { code, said } = await compute(['currency-column.csv']);
    expect(code).toBe(65);
    expect(said).toContain('error[E291]');
    expect(said).toContain('"INR" (1 record, 8,319.00), "USD" (3 records, 250.00)');
  });
});
