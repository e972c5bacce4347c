import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { main } from '../src/main.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/layouts');
const CASES = join(import.meta.dirname, '../../shared/cases');
const out = mkdtempSync(join(tmpdir(), 'clv-inspect-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

interface Inspected {
  readonly layout: { readonly name: string; readonly refused: string | null } | null;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly decided: string }[];
  readonly rejects: readonly { readonly code: string; readonly records: number }[];
  readonly warnings: readonly { readonly code: string }[];
  readonly decisions: readonly { readonly options: string; readonly is: string }[];
  readonly compute: readonly { readonly line: string }[];
}

interface Result {
  readonly as_of: string;
  readonly summary: { readonly customers: number; readonly revenue: number };
}

interface Right {
  readonly customers: number;
  readonly revenue: string;
  readonly as_of: string;
}

/** Runs a command in this process; the exit code, what was said, and its JSON. */
async function run<T>(args: readonly string[]): Promise<{ code: number; said: string; result: T }> {
  const file = join(out, 'result.json');
  const written: string[] = [];
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  try {
    const code = await main([...args, '--format', 'json', '-o', file]);
    return { code, said: written.join(''), result: code === 0 ? JSON.parse(readFileSync(file, 'utf8')) : null };
  } finally {
    stderr.mockRestore();
  }
}

const inspect = (file: string, ...options: string[]) => run<Inspected>(['inspect', file, ...options]);

/** Runs a printed line as a shell takes it apart, valued by saved parameters: so few rows cannot be fitted. */
async function pasted(line: string, model: string) {
  const words = execFileSync('bash', ['--norc', '-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
  expect(words.slice(0, 2)).toEqual(['clv', 'compute']);
  const valued = ['--use-model', model, '--margin', '40%', '--interval', 'none', '--customers', 'none'];
  return run<Result>([...words.slice(1), ...valued]);
}

const fixtures = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.csv'))
  .map((file) => {
    const { right, refused } = JSON.parse(readFileSync(join(FOLDER, file.replace(/csv$/, 'json')), 'utf8'));
    return { file, right: right as Right | undefined, refused: refused === true };
  });
const MODEL = join(FOLDER, 'model.json');

async function isRight(line: string, right: Right): Promise<boolean> {
  const { code, said, result } = await pasted(line, MODEL);
  expect(code, `${line}\n${said}`).toBe(0);
  const { customers, revenue } = result.summary;
  return (
    customers === right.customers &&
    revenue.toFixed(2) === right.revenue &&
    JSON.stringify(result).includes(`"as_of":"${right.as_of}"`)
  );
}

it.each(fixtures.filter(({ right }) => right))('a printed line of $file gives its right totals', async (fixture) => {
  const { code, said, result } = await inspect(join(FOLDER, fixture.file));
  expect(code, said).toBe(0);
  const found = [];
  for (const { line } of result.compute) if (await isRight(line, fixture.right!)) found.push(line);
  expect(found, JSON.stringify(result.compute)).toHaveLength(1);
});

it.each(fixtures.filter(({ refused }) => refused))('$file has no line, and says why', async ({ file }) => {
  const { code, result } = await inspect(join(FOLDER, file));
  expect(code).toBe(0);
  expect(result.layout?.refused).not.toBeNull();
  expect(result.compute).toEqual([]);
  expect(result.problems).toContainEqual(expect.objectContaining({ code: 'E289', decided: 'no' }));
});

it.each(fixtures.filter(({ right }) => right))('a layout drafted of $file is read', async ({ file, right }) => {
  const draft = join(out, 'draft.json');
  expect((await inspect(join(FOLDER, file), '--draft-layout', draft)).code).toBe(0);
  const { code, said, result } = await inspect(join(FOLDER, file), '--layout', draft);
  expect(code, said).toBe(0);
  const found = [];
  for (const { line } of result.compute) if (await isRight(line, right!)) found.push(line);
  expect(found, JSON.stringify(result.compute)).toHaveLength(1);
});

const cases = existsSync(CASES) ? readdirSync(CASES).filter((file) => file.endsWith('.csv')) : [];

describe.skipIf(cases.length === 0)('small files of every kind', () => {
  /** Without a purchase there is nothing that a line could value. */
  const worthless = new Set(['refunds-only.csv']);

  it.each(cases.filter((file) => !worthless.has(file)))('every printed line of %s works', async (file) => {
    const { code, said, result } = await inspect(join(CASES, file));
    expect(code, said).toBe(0);
    expect(result.compute.length).toBeGreaterThan(0);
    for (const { line } of result.compute) {
      const valued = await pasted(line, join(CASES, 'model.json'));
      expect(valued.code, `${line}\n${valued.said}`).toBe(0);
    }
  });

  it.each([
    ['status.csv', 2, 70],
    ['refund-column.csv', 2, 250],
    ['refund-type.csv', 2, 210],
    ['quantity-price.csv', 2, 60],
    ['ids-null.csv', 1, 22],
  ])('the line of %s gives the right money', async (file, customers, revenue) => {
    const [first, ...others] = (await inspect(join(CASES, file))).result.compute;
    expect(others).toEqual([]);
    const { result } = await pasted(first!.line, join(CASES, 'model.json'));
    expect(result.summary).toMatchObject({ customers, revenue });
  });
});

describe('what only the user knows, or no option can cure', () => {
  const written = (name: string, text: string, encoding = 'utf8'): string => {
    const file = join(out, name);
    writeFileSync(file, iconv.encode(text, encoding));
    return file;
  };

  it('a second currency is no row to leave out', async () => {
    const file = written('two.csv', 'customer,date,amount\na,2024-01-05,€1.00\nb,2024-02-05,$2.00\n');
    const { result } = await inspect(file);
    expect(result).toMatchObject({ rejects: [], warnings: [], decisions: [], compute: [] });
    const told = result.problems.filter(({ code }) => code === 'E205');
    expect(told).toMatchObject([{ message: 'two currencies in one column: € and $', decided: 'no' }]);
  });

  it('but the row with another fault beside it is', async () => {
    const text = 'customer,date,amount\na,2024-01-05,€1.00\nb,2024-02-05,$2.00\nc,2024-02-05,oops\n';
    const { result } = await inspect(written('two-oops.csv', text));
    expect(result.rejects).toMatchObject([{ code: 'E201', records: 1 }]);
    expect(result.decisions).toMatchObject([{ options: '--max-rejects 1' }, { is: 'instead' }]);
    expect(result.compute).toEqual([]);
  });

  it('where a column has the code, one of the currencies is chosen', async () => {
    const text = 'customer,date,amount,currency\na,2024-01-05,€1.00,EUR\nb,2024-02-05,$2.00,USD\n';
    const { result } = await inspect(written('codes.csv', text));
    expect(result.compute.map(({ line }) => line.replace(/.*csv /, ''))).toEqual([
      '--currency-column currency --only-currency EUR',
      '--currency-column currency --only-currency USD',
    ]);
    for (const { line } of result.compute) expect((await pasted(line, MODEL)).code, line).toBe(0);
  });

  const names = 'customer,date,amount\n佐藤,2024/1/2,1200\n鈴木,2024/2/25,980\n';
  it.each([
    ['shift_jis', names, []],
    ['gb18030', 'customer,date,amount\n张伟,2024/1/2,1200\n李娜,2024/2/25,980\n', []],
    ['shift_jis', names, ['--encoding', 'windows-1252']],
    ['utf-16le', names, []],
  ])('every encoding that is text has a line: %s', async (encoding, text, options) => {
    const { result } = await inspect(written(`${encoding}.csv`, text, encoding), ...options);
    const encodings = result.compute.map(({ line }) => / --encoding (\S+)$/.exec(line)![1]);
    expect(encodings).toContain(encoding);
    expect(result.decisions.map(({ options: one }) => one.replace('--encoding ', ''))).toEqual(encodings);
    if (options.length > 0) expect(encodings).not.toContain('windows-1252');
    for (const { line } of result.compute) expect((await pasted(line, MODEL)).code, line).toBe(0);
  });

  it('an encoding under which the file cannot be taken is left out, unless none is left', async () => {
    const yen = 'customer,date,amount\n佐藤,2024/1/2,"1,200円"\n';
    const only = (await inspect(written('yen.csv', yen, 'shift_jis'))).result;
    expect(only.compute.map(({ line }) => line.replace(/.*csv /, ''))).toEqual(['--encoding shift_jis']);
    expect(only.decisions.map(({ options }) => options)).toEqual(['--encoding shift_jis']);
    const none = (await inspect(written('header.csv', '顧客ID,date,amount\na,2024-01-02,5\n', 'shift_jis'))).result;
    expect(none.compute).toEqual([]);
    expect(none.decisions.length).toBeGreaterThan(1);
  });

  const lines = (result: Inspected) => result.compute.map(({ line }) => line.replace(/.*?csv /, ''));
  const day = 'a,2024-01-05,1.00\n';
  it.each([
    ['a footer', `${day}Total,,1.00\n`, "--stop-at 'customer=Total'"],
    ['two of them', `${day}Subtotal,,1.00\n"TOTAL",,1.00\n`, "--stop-at 'customer=Subtotal,TOTAL'"],
    ['totals between', `${day}Total,,1.00\nb,2024-02-05,1.00\nTotal,,2.00\n`, "--where 'date!='"],
    ['a customer', `${day}b,,1.00\n`, "--where 'date!='"],
    ['another header', `${day}customer,date,amount\nb,2024-02-05,1.00\n`, "--where 'date!=date'"],
    ['a zone of its own', 'a,2024-01-05 10:00 XYZT,1.00\n', "--date-format 'as written'"],
    ['an error beside', `${day}b,,1.00\nc,2024-02-05,oops\n`, "--where 'date!=' --max-rejects 1"],
  ])('only errors are rejects that may be left out: %s', async (name, rows, options) => {
    const { result } = await inspect(written(`${name.replaceAll(' ', '-')}.csv`, `customer,date,amount\n${rows}`));
    expect(lines(result)).toEqual([options]);
    expect((await pasted(result.compute[0]!.line, MODEL)).code).toBe(0);
  });

  it('an amount that repeats on the lines of an order has a line for each way', async () => {
    const order = (id: string, customer: string, date: string) => `${id},${customer},${date},10.00,x\n`;
    const rows = ['1,a,2024-01-05', '2,b,2024-02-05', '3,c,2024-03-05'].map((one) => {
      const [id, customer, date] = one.split(',') as [string, string, string];
      return order(id, customer, date) + order(id, customer, date).replace('x', 'y');
    });
    const text = `order_id,customer,date,amount,item\n${rows.join('')}`;
    const { result } = await inspect(written('order-totals.csv', text));
    expect(lines(result)).toEqual(['--order order_id --lines total', '--order order_id']);
    const revenues = [];
    for (const { line } of result.compute) revenues.push((await pasted(line, MODEL)).result.summary.revenue);
    expect(revenues).toEqual([30, 60]);
  });
});
