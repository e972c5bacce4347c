import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { runs } from '../runs.ts';
import { Folder } from './books.ts';

/** Closes of subscriptions: statements open with what was reported, whatever becomes of the rows. */

const folder = new Folder();
afterAll(() => folder.remove());

const HOW = [
  ...['--contract', 'basic=1m,annual=1y', '--retention', 'basic=20%,annual=80%', '--margin', '70%', '--by', 'plan'],
  ...['--model-error', 'none'],
];

type Row = readonly [customer: string, day: string, amount: string, plan: string];

/** Payments of 12 monthly and 6 yearly subscriptions, each of which ends after some. */
const ROWS: readonly Row[] = Array.from({ length: 18 }, (_, i): readonly Row[] => {
  const annual = i % 3 === 0;
  return Array.from({ length: annual ? 1 + (i % 2) : 3 + ((i * 5) % 12) }, (_, k): Row => {
    const months = annual ? 12 * k + (i % 7) : k + (i % 5);
    const day = `${2024 + Math.floor(months / 12)}-${String(1 + (months % 12)).padStart(2, '0')}-${String(1 + ((i * 3) % 28)).padStart(2, '0')}`;
    return [`s${i}`, day, annual ? '120.00' : `${10 + (i % 4)}.00`, annual ? 'annual' : 'basic'];
  });
}).flat();
const [CLOSED, TO] = ['2024-12-31', '2025-06-30'];

function csv(name: string, rows: readonly Row[]): string {
  return folder.write(name, `customer,date,amount,plan\n${rows.map((row) => row.join(',')).join('\n')}\n`);
}

interface Lines {
  readonly lines: readonly { readonly line: string; readonly amount: number }[];
}
interface Told {
  readonly summary: { readonly customer_equity: number };
  readonly close: { readonly options: { readonly [option: string]: string } };
  readonly statement: Lines;
  readonly segments: readonly Lines[];
  readonly restatements: readonly { readonly customer_id: string; readonly restatement: number }[];
}

const cents = (amount: number): number => Math.round(amount * 100);
const line = ({ lines }: Lines, id: string): number => cents(lines.find((one) => one.line === id)!.amount);
const compute = (book: string, asOf: string) =>
  folder.json<Told>('compute', book, ...HOW, '--as-of', asOf, '--interval', 'none', '-qq', '--format', 'json');
const close = (book: string, asOf: string, ...how: readonly string[]) =>
  folder.json<Told>('close', book, '--as-of', asOf, '-qq', ...how);

let books = 0;
async function bookOf(rows: readonly Row[]): Promise<string> {
  const book = folder.at(`${books++}.clv`);
  await folder.json('ledger', 'add', book, csv('rows.csv', rows), '-qq');
  return book;
}

describe('a close of subscriptions', () => {
  it('reports what compute says, takes its options from the one before, and opens the statement', async () => {
    const book = await bookOf(ROWS);
    const first = await close(book, CLOSED, ...HOW);
    expect(first.summary.customer_equity).toBe((await compute(book, CLOSED)).summary.customer_equity);
    const { statement: between } = await folder.json<Told>('statement', book, '--from', 'last', '--to', TO, '-qq');
    const second = await close(book, TO);
    expect(second.summary.customer_equity).toBe((await compute(book, TO)).summary.customer_equity);
    expect(second.close.options).toEqual(first.close.options);
    expect(second.statement.lines).toEqual(between.lines);
    expect(line(second.statement, 'opening')).toBe(cents(first.summary.customer_equity));
    expect(line(second.statement, 'restatements')).toBe(0);
    expect(second.restatements).toEqual([]);
  });

  it('is the opening to the cent and by customer, whatever comes late', async () => {
    const some = fc.uniqueArray(fc.nat(ROWS.length - 1), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(some, async (late) => {
        const book = await bookOf(ROWS.filter((_, i) => !late.includes(i)));
        const first = await close(book, CLOSED, ...HOW);
        const came = csv(
          'late.csv',
          late.map((i) => ROWS[i]!),
        );
        await folder.json('ledger', 'add', book, came, '-qq');
        const told = await folder.json<Told>('statement', book, '--from', 'last', '--to', TO, '-qq');
        expect(line(told.statement, 'opening')).toBe(cents(first.summary.customer_equity));
        const now = cents((await compute(book, CLOSED)).summary.customer_equity);
        expect(line(told.statement, 'restatements')).toBe(now - cents(first.summary.customer_equity));
        const byCustomer = told.restatements.reduce((sum, { restatement }) => sum + cents(restatement), 0);
        expect(byCustomer).toBe(line(told.statement, 'restatements'));
        for (const one of [told.statement, ...told.segments]) {
          const amounts = one.lines.map(({ amount }) => cents(amount));
          expect(amounts.slice(0, -1).reduce((sum, amount) => sum + amount, 0)).toBe(amounts.at(-1));
        }
        expect(line(told.statement, 'closing')).toBe(cents((await compute(book, TO)).summary.customer_equity));
      }),
      { numRuns: runs(15) },
    );
  });

  it('leads on to a length that it knew nothing of', async () => {
    const book = await bookOf(ROWS.filter(([, day, , plan]) => plan === 'basic' && day <= CLOSED));
    await close(book, CLOSED, ...HOW.map((word) => (word.startsWith('basic=20%') ? 'basic=20%' : word)));
    await folder.json(
      'ledger',
      'add',
      book,
      csv(
        'annual.csv',
        ROWS.filter(([, day, , plan]) => plan === 'annual' && day > CLOSED),
      ),
      '-qq',
    );
    const { statement, summary } = await close(book, TO, '--retention', 'basic=20%,annual=80%');
    expect(line(statement, 'closing')).toBe(cents(summary.customer_equity));
    expect(line(statement, 'new_customers')).toBeGreaterThan(0);
  });

  it('is compared with what is alike alone (E533, E122)', async () => {
    const book = await bookOf(ROWS);
    await close(book, CLOSED, ...HOW);
    for (const [other, code] of [
      [['--growth', '3%'], '2 E533'],
      [['--contract', 'basic=1m,annual=2y'], '2 E533'],
      [['--margin', '60%'], '2 E533'],
      [['--season', 'month'], '2 E122'],
    ] as const) {
      expect(await folder.fails('close', book, '--as-of', TO, ...other)).toBe(code);
      expect(await folder.fails('statement', book, '--from', 'last', ...other)).toBe(code);
    }
  });
});
