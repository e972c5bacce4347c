import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { runs } from './runs.ts';

/** The account of every record, held against a count of its own: made row by row, money in whole units of 10^-4. */
const MODEL = join(import.meta.dirname, '../fixtures/layouts/model.json');
const AS_OF = '2024-06-30';
const KINDS = ['continuation', 'left_out', 'repeated', 'without_customer', 'after_as_of', 'without_purchase'] as const;
type Kind = (typeof KINDS)[number] | 'valued' | 'rejected';

interface Row {
  readonly order: string;
  readonly email: string;
  readonly phone: string;
  readonly day: string;
  readonly units: bigint;
  readonly amount: string;
  readonly status: string;
  readonly channel: string;
  readonly again: boolean;
}

const HEADER = 'order,email,phone,date,amount,status,channel';

function textOf({ order, email, phone, day, amount, status, channel }: Row): string {
  return [order, email, phone, day, amount, status, channel].join(',');
}

function moneyText(units: bigint): string {
  const size = String(units < 0n ? -units : units).padStart(5, '0');
  return `${units < 0n ? '-' : ''}${size.slice(0, -4)}.${size.slice(-4)}`;
}

/** What a row is, but for whether its customer has a purchase. */
function kindOf(row: Row): Kind {
  if (row.again) return 'repeated';
  if (row.amount === '') return 'continuation';
  if (row.status !== 'paid' || row.channel === 'gift') return 'left_out';
  if (row.day === 'soon' || row.amount === 'x') return 'rejected';
  if (row.email === '' && row.phone === '') return 'without_customer';
  return row.day > AS_OF ? 'after_as_of' : 'valued';
}

function customerOf({ email, phone }: Row): string {
  return email || phone;
}

/** Customers with a day that nets to zero or more. */
function buyers(rows: readonly Row[]): ReadonlySet<string> {
  const days = new Map<string, bigint>();
  for (const row of rows) {
    if (kindOf(row) !== 'valued') continue;
    const key = `${customerOf(row)} ${row.day}`;
    days.set(key, (days.get(key) ?? 0n) + row.units);
  }
  return new Set([...days].filter(([, net]) => net >= 0n).map(([key]) => key.split(' ')[0]!));
}

const row = fc.record({
  email: fc.constantFrom('', '', 'a@x', 'b@x', 'c@x', 'd@x', 'e@x'),
  phone: fc.constantFrom('', '', '017', '018'),
  day: fc.constantFrom('2024-01-05', '2024-02-29', '2024-03-01', '2024-06-30', '2024-07-01', '2025-01-01', 'soon'),
  units: fc.bigInt({ min: -5_000_000n, max: 9_000_000n }),
  broken: fc.constantFrom(false, false, false, false, true),
  status: fc.constantFrom('paid', 'paid', 'paid', 'paid', 'void', 'pending', ''),
  channel: fc.constantFrom('web', 'web', 'shop', 'gift', ''),
  lines: fc.constantFrom(0, 0, 0, 1, 2),
});

/** Two files: orders with further lines; the second repeats some of the first. */
const files = fc
  .tuple(
    fc.array(row, { minLength: 1, maxLength: 25 }),
    fc.array(row, { minLength: 1, maxLength: 25 }),
    fc.infiniteStream(fc.boolean()),
  )
  .map(([first, second, coins]) => {
    let number = 0;
    const rowsOf = (made: typeof first): Row[] =>
      made.flatMap(({ lines, broken, units, ...rest }) => {
        number++;
        const amount = broken ? 'x' : moneyText(units);
        const one = { ...rest, order: `R${number}`, units: broken ? 0n : units, amount, again: false };
        const blank = { ...one, email: '', phone: '', day: '', units: 0n, amount: '', status: '', channel: '' };
        return [one, ...Array.from({ length: lines }, () => blank)];
      });
    const sure = (at: string): Row => ({
      ...{ order: at, email: 'sure@x', phone: '', day: '2024-03-03', units: 123n, amount: '0.0123', status: 'paid' },
      ...{ channel: 'web', again: false },
    });
    const before = [sure('S1'), ...rowsOf(first)];
    const repeated = before.filter(({ amount }) => amount !== '' && coins.next().value);
    return [before, [sure('S2'), ...repeated.map((one) => ({ ...one, again: true })), ...rowsOf(second)]] as const;
  });

it('every record has its account, to the last decimal, and the list holds those that no value stands on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clv-account-'));
  const seen = new Set<Kind>();
  const compute = async (both: readonly (readonly Row[])[]) => {
    const names = both.map((rows, i) => {
      const name = join(folder, `f${i}.csv`);
      writeFileSync(name, `${[HEADER, ...rows.map(textOf)].join('\n')}\n`);
      return name;
    });
    const [out, list] = [join(folder, 'out.json'), join(folder, 'left.csv')];
    const options = ['--where', 'status=paid', '--where', 'channel!=gift', '--customer', 'email|phone'];
    const orders = ['--order', 'order', '--lines', 'total', '--max-rejects', '999', '--as-of', AS_OF];
    const value = ['--margin', '100%', '--use-model', MODEL, '--interval', 'none', '-qq', '-o', out];
    const code = await main(['compute', ...names, ...options, ...orders, ...value, '--left-out', list]);
    expect(code).toBe(0);
    const listed: Record<string, string>[] = parse(readFileSync(list), { columns: true });
    return { input: JSON.parse(readFileSync(out, 'utf8')).input, listed, names };
  };
  try {
    await fc.assert(
      fc.asyncProperty(files, async (both) => {
        const all = both.flat();
        const bought = buyers(all);
        const kind = (one: Row): Kind => {
          const found = kindOf(one);
          return found === 'valued' && !bought.has(customerOf(one)) ? 'without_purchase' : found;
        };
        const { input, listed, names } = await compute(both);
        const sums = input.reconciliation;
        const units = (amount: number): bigint => BigInt(Math.round(amount * 10_000));
        const of = (wanted: Kind) => all.filter((one) => kind(one) === wanted);
        const money = (rows: readonly Row[]): bigint => rows.reduce((sum, one) => sum + one.units, 0n);
        const account = (rows: readonly Row[]) => ({ records: rows.length, amount: money(rows) });
        const found = ({ records, amount }: { records: number; amount: number }) => ({
          records,
          amount: units(amount),
        });
        const none = { records: 0, amount: 0 };
        for (const one of all) seen.add(kind(one));
        expect(found(sums.valued)).toEqual(account(of('valued')));
        expect(found(sums.without_purchase)).toEqual(account(of('without_purchase')));
        expect(found(sums.after_as_of)).toEqual(account(of('after_as_of')));
        expect(found(sums.continuation_lines ?? none)).toEqual(account(of('continuation')));
        expect(found(sums.repeated ?? none)).toEqual(account(of('repeated')));
        expect(found(sums.without_customer ?? none)).toEqual(account(of('without_customer')));
        expect(sums.rejected.records).toBe(of('rejected').length);
        const left = new Map<string, Row[]>();
        for (const one of of('left_out')) {
          const key = one.status === 'paid' ? 'channel gift' : `status ${one.status}`;
          left.set(key, [...(left.get(key) ?? []), one]);
        }
        const told = (sums.left_out ?? []).map(
          (one: { column: string; value: string; records: number; amount: number }) => [
            `${one.column} ${one.value}`,
            found(one),
          ],
        );
        expect(Object.fromEntries(told)).toEqual(
          Object.fromEntries([...left].map(([key, rows]) => [key, account(rows)])),
        );
        const counted = all.filter((one) => kind(one) !== 'rejected');
        expect(found(sums.total)).toEqual({ records: all.length, amount: money(counted) });
        for (const [i, rows] of both.entries()) {
          const accepted = rows.filter((one) => ['valued', 'without_purchase', 'after_as_of'].includes(kind(one)));
          const file = input.files[i];
          expect([file.records, file.rejected]).toEqual([
            rows.length,
            rows.filter((one) => kind(one) === 'rejected').length,
          ]);
          expect(units(file.amount_total)).toBe(money(accepted));
        }
        const line = (file: string, at: number, account: string, amount: bigint) =>
          `${file}:${at} ${account} ${amount}`;
        const expected = both.flatMap((rows, i) =>
          rows.flatMap((one, at) =>
            (KINDS as readonly Kind[]).includes(kind(one)) ? [line(names[i]!, at + 2, kind(one), one.units)] : [],
          ),
        );
        const written = listed.map((one) =>
          line(one['file']!, Number(one['line']), one['account']!, units(Number(one['amount']))),
        );
        expect(written.sort()).toEqual(expected.sort());
      }),
      { seed: 9, numRuns: runs(12) },
    );
    // A mixture without one of the reasons would prove nothing of it.
    expect([...seen].sort()).toEqual([...KINDS, 'valued', 'rejected'].sort());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
