import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { isoOf, monthsAfter, parseIsoDay } from '../src/base/calendar.ts';
import { compute, run } from './run.ts';
import { runs } from './runs.ts';

interface Lines {
  readonly lines: readonly { readonly line: string; readonly amount: number }[];
  readonly customers: Readonly<Record<'opening' | 'new' | 'transferred' | 'closing', number>>;
}
interface Period extends Lines {
  readonly from: string;
  readonly to: string;
  readonly revenue: number;
  readonly margin: Readonly<Record<'expected' | 'realised' | 'realised_new_customers', number>>;
  readonly segments?: readonly Segment[];
}
type Segment = Lines & { readonly plan: string };

/** What these tests look at of a statement of subscriptions. */
interface Statement {
  readonly methodology: { readonly prior_period_recast: { readonly customer_equity_recast: number } };
  readonly statement: Period;
  readonly closing: { readonly customer_equity: number; readonly customer_equity_interval: readonly number[] | null };
  readonly segments: readonly Segment[];
  readonly series: readonly Period[];
  readonly recurring_revenue: {
    readonly months: readonly Readonly<Record<string, number | string>>[];
    readonly segments: readonly Readonly<Record<string, number | string>>[];
    readonly rates: Readonly<Record<string, number | string | null>>;
  };
}

const SHOP = readFileSync(join(import.meta.dirname, '../fixtures/subscriptions.csv'), 'utf8');
const MARGIN = ['--contract', '1m', '--margin', '70%', '--model-error', 'none'] as const;

async function statement(content: string, ...args: string[]): Promise<Statement> {
  return JSON.parse(await run('statement', [content], ...args)) as Statement;
}
const line = ({ lines }: Lines, id: string): number => lines.find((one) => one.line === id)!.amount;
const cents = (amount: number): number => Math.round(amount * 100);
const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);

/** All lines but the last sum to the last, to the cent; likewise of segments, which sum to the total, transfers to nothing. */
function checkSums(total: Lines, segments: readonly Segment[]): void {
  for (const { lines, customers } of [total, ...segments]) {
    const moved = sum(lines.slice(0, -1).map(({ amount }) => cents(amount)));
    expect(moved).toBe(cents(lines.at(-1)!.amount));
    expect(customers.opening + customers.new + customers.transferred).toBe(customers.closing);
  }
  expect(line(total, 'transfers')).toBe(0);
  if (segments.length === 0) return;
  for (const { line: id, amount } of total.lines)
    expect(cents(amount)).toBe(sum(segments.map((segment) => cents(line(segment, id)))));
}

describe('a statement of subscriptions', () => {
  it('sums to the cent, between what compute says of both dates, and so does every period of a series', async () => {
    const found = await statement(SHOP, ...MARGIN, '--by', 'plan', '--from', '2024-09-30', '--every', '1q');
    expect(found.series.map(({ from, to }) => [from, to])).toEqual([
      ['2024-09-30', '2024-12-31'],
      ['2024-12-31', '2025-03-31'],
      ['2025-03-31', '2025-06-30'],
    ]);
    for (const period of found.series) checkSums(period, period.segments!);
    checkSums(found.statement, found.segments);
    for (const asOf of ['2024-09-30', '2024-12-31', '2025-03-31', '2025-06-30']) {
      const { result } = await compute([SHOP], ...MARGIN, '--by', 'plan', '--as-of', asOf, '--customers', 'none');
      const { customer_equity: equity, customer_equity_interval: interval } = result.summary;
      const opened = found.series.filter(({ from }) => from === asOf);
      const closed = found.series.filter(({ to }) => to === asOf);
      expect(opened.length + closed.length).toBeGreaterThan(0);
      for (const period of opened) expect(line(period, 'opening')).toBe(equity);
      for (const period of closed) expect(line(period, 'closing')).toBe(equity);
      for (const { plan, customer_equity: own } of result.segments) {
        const of = (period: Period): Segment => period.segments!.find((segment) => segment.plan === plan)!;
        for (const period of opened) expect(line(of(period), 'opening')).toBe(own);
        for (const period of closed) expect(line(of(period), 'closing')).toBe(own);
      }
      if (asOf !== '2025-06-30') continue;
      expect(found.closing).toMatchObject({ customer_equity: equity, customer_equity_interval: interval });
    }
    expect(line(found.statement, 'model_change')).not.toBe(0);
    expect(line(found.statement, 'margin_change')).toBe(0);
    expect(line(found.statement, 'discount_rate_change')).toBe(0);
  }, 60_000);

  it('has what is sold in the period, and recurring revenue as clv mrr has it', async () => {
    const found = await statement(SHOP, ...MARGIN, '--by', 'plan', '--from', '2024-12-31', '--every', '1m');
    const mrr = JSON.parse(await run('mrr', [SHOP], '--contract', '1m', '--by', 'plan')) as {
      months: { from: string }[];
      segments: { from: string }[];
    };
    const since = ({ from }: { readonly from: string }): boolean => from > '2024-12-31';
    expect(found.recurring_revenue.months).toEqual(mrr.months.filter(since));
    expect(found.recurring_revenue.segments).toEqual(mrr.segments.filter(since));
    const sold = SHOP.trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(','))
      .filter(([, day]) => day! > '2024-12-31');
    const revenue = sum(sold.map(([, , amount]) => cents(Number(amount))));
    expect(cents(found.statement.revenue)).toBe(revenue);
    const { realised, realised_new_customers: fresh } = found.statement.margin;
    expect(Math.abs(cents(realised + fresh) - 0.7 * revenue)).toBeLessThanOrEqual(1);
  }, 60_000);

  it('changes nothing in the model where the retention is given, and all of the rate at the end', async () => {
    const given = ['--retention', '40%', '--from', '2024-12-31'];
    const found = await statement(SHOP, ...MARGIN, ...given, '--from-discount-rate', '6%', '--discount-rate', '12%');
    checkSums(found.statement, []);
    expect(line(found.statement, 'model_change')).toBe(0);
    const at = async (asOf: string, discountRate: string): Promise<number> => {
      const how = ['--retention', '40%', '--as-of', asOf, '--discount-rate', discountRate, '--customers', 'none'];
      return (await compute([SHOP], ...MARGIN, ...how)).result.summary['customer_equity']!;
    };
    expect(line(found.statement, 'opening')).toBe(await at('2024-12-31', '6%'));
    expect(line(found.statement, 'closing')).toBe(await at('2025-06-30', '12%'));
    const change = cents(await at('2025-06-30', '12%')) - cents(await at('2025-06-30', '6%'));
    expect(cents(line(found.statement, 'discount_rate_change'))).toBe(change);
    expect(found.methodology.prior_period_recast.customer_equity_recast).toBe(await at('2024-12-31', '12%'));
  }, 60_000);
});

/** Numbers from 0 to 1, always the same. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Subscriptions, one or two a customer: some late, refunded, dearer, moved to another plan, with a fee; and costs. */
function manySided(): { readonly log: string; readonly costs: string } {
  const next = random(11);
  const [rows, costs]: [string[], string[]] = [[], []];
  const first = parseIsoDay('2023-01-01')!;
  for (let id = 0; id < 300; id++) {
    const customer = `K${String(id).padStart(4, '0')}`;
    if (next() < 0.3) costs.push(`${customer},${isoOf(first + 400 + Math.floor(300 * next()))},3.50`);
    for (let sub = 0; sub < 1 + Math.floor(1.4 * next()); sub++) {
      const began = first + Math.floor(600 * next());
      let [paid, price, kind] = [1, 990, id % 2 === 0 ? 'odd' : 'even'];
      while (paid < 30 && next() < 0.88) paid++;
      const row = (day: number, amount: number, plan: string): void => {
        rows.push(`${customer},${isoOf(day)},${(amount / 100).toFixed(2)},${plan},${sub},${kind}`);
      };
      if (next() < 0.3) row(began, 9900, 'setup');
      for (let k = 0; k < paid; k++) {
        if (next() < 0.03) price += 200;
        if (k === 14) kind = 'odd';
        const day = monthsAfter(began, k) + (k > 0 && next() < 0.2 ? 1 + Math.floor(9 * next()) : 0);
        const plan = k > 8 ? 'plus' : 'basic';
        row(day, price, plan);
        if (next() < 0.02) row(day + 1, next() < 0.5 ? -price : -100, plan);
      }
    }
  }
  return {
    log: `customer_id,date,amount,plan,sub,kind\n${rows.join('\n')}\n`,
    costs: `customer,date,cost\n${costs.join('\n')}\n`,
  };
}

const folder = mkdtempSync(join(tmpdir(), 'clv-statement-contracts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a statement of subscriptions of every kind', () => {
  const { log, costs } = manySided();
  const file = join(folder, 'costs.csv');
  writeFileSync(file, costs);
  const rates = join(folder, 'rates.csv');
  writeFileSync(rates, 'plan,retention\nbasic,20%\nplus,30%\nsetup,10%\n');
  const how = ['--contract', '1m', '--one-off', 'setup', '--subscription', 'sub', '--margin', '60%', '--by', 'plan'];
  it.each([
    [[]],
    [['--model', 'bdw', '--growth', '2%', '--retention-cost', '1', '--horizon', '3y']],
    [['--model', 'retention', '--timing', 'existing-end', '--value-at', 'last']],
    [['--retention', '20%', '--timing', 'mid-period', '--costs', file]],
    [['--retention-file', rates, '--growth', '2%']],
    [['--fit-by', 'kind', '--horizon', '2y']],
  ])('stands between what compute says of both dates, in every segment (%#)', async (more) => {
    const [from, to] = ['2024-06-10', '2025-02-20'];
    const found = await statement(log, ...how, ...more, '--from', from, '--to', to);
    checkSums(found.statement, found.segments);
    for (const [id, asOf] of Object.entries({ opening: from, closing: to })) {
      const { result } = await compute([log], ...how, ...more, '--as-of', asOf, '--customers', 'none');
      const own = found.segments.map((segment) => [
        segment.plan,
        line(segment, id),
        segment.customers[id as 'opening'],
      ]);
      const right = result.segments.map((one) => [one['plan'], one['customer_equity'], one['customers']]);
      expect(own.filter(([, , customers]) => customers !== 0).sort()).toEqual(right.sort());
    }
    expect(found.segments.some((segment) => line(segment, 'transfers') !== 0)).toBe(true);
  });
});

const START = parseIsoDay('2024-01-31')!;
const HEADER = 'customer_id,date,amount,plan\n';

/** Payments by the month of customers who began in one, each renewed so often in a row. */
function payments(
  customers: readonly { readonly began: number; readonly paid: number; readonly plan?: string }[],
): string {
  const rows = customers.flatMap(({ began, paid, plan = 'a' }, id) =>
    Array.from({ length: paid }, (_, i) => {
      const day = isoOf(monthsAfter(START, began + i));
      return `C${String(id).padStart(5, '0')},${day},10.00,${i === paid - 1 && paid % 3 === 0 ? 'b' : plan}\n`;
    }),
  );
  return HEADER + rows.join('');
}

const GIVEN = ['--contract', '1m', '--margin', '100%', '--retention', '30%', '--grace', '3d'];

describe('the laws of a statement of subscriptions', () => {
  const customers = fc.array(
    fc.record({
      began: fc.integer({ min: 0, max: 9 }),
      paid: fc.integer({ min: 1, max: 12 }),
      plan: fc.constantFrom('a', 'b', 'c'),
    }),
    { minLength: 3, maxLength: 12 },
  );
  const dates = fc.record({
    from: fc.integer({ min: 0, max: 200 }),
    days: fc.integer({ min: 1, max: 300 }),
    horizon: fc.constantFrom('lifetime', '6m'),
  });
  const oldest = { began: 0, paid: 4, plan: 'c' };
  const spanOf = ({ from, days, horizon }: { from: number; days: number; horizon: string }): string[] => {
    return ['--from', isoOf(START + from), '--to', isoOf(START + from + days), '--horizon', horizon];
  };

  it('lines sum, opening and closing are those of compute, by segment and in total', async () => {
    await fc.assert(
      fc.asyncProperty(customers, dates, async (some, when) => {
        const log = payments([...some, oldest]);
        const span = spanOf(when);
        const found = await statement(log, ...GIVEN, '--by', 'plan', ...span, '--growth', '2%');
        checkSums(found.statement, found.segments);
        for (const [id, asOf] of [
          ['opening', span[1]!],
          ['closing', span[3]!],
        ] as const) {
          const how = ['--as-of', asOf, '--horizon', when.horizon, '--growth', '2%'];
          const { result } = await compute([log], ...GIVEN, ...how);
          expect(line(found.statement, id)).toBe(result.summary['customer_equity']);
        }
        const { opening, closing, ...moved } = found.recurring_revenue.months[0]! as Record<string, number>;
        const lines = [
          'new',
          'reactivation',
          'expansion',
          'contraction',
          'churn',
          'paused',
          'resumed',
          'fx',
          'transfer',
        ];
        expect(cents(opening!) + sum(lines.map((id) => cents(moved[id]!)))).toBe(cents(closing!));
      }),
      { numRuns: runs(50), seed: 2 },
    );
  }, 120_000);

  it('customers in two files have statements that add up', async () => {
    await fc.assert(
      fc.asyncProperty(customers, customers, dates, async (some, others, when) => {
        const dated = spanOf(when);
        const rows = (log: string, name: string): string => log.slice(HEADER.length).replaceAll('C0', name);
        const [one, other] = [payments([...some, oldest]), payments([...others, oldest])];
        // A late payment is as likely to come as those of its file did.
        const grace = GIVEN.with(-1, '0d');
        const parts = [await statement(one, ...grace, ...dated), await statement(other, ...grace, ...dated)];
        const whole = await statement(HEADER + rows(one, 'A0') + rows(other, 'B0'), ...grace, ...dated);
        for (const { line: id, amount } of whole.statement.lines)
          expect([id, cents(amount)]).toEqual([id, sum(parts.map((part) => cents(line(part.statement, id))))]);
      }),
      { numRuns: runs(50), seed: 3 },
    );
  }, 120_000);

  it('customers who renew as was expected bring no experience, on average', async () => {
    const next = random(7);
    const [monthly, all, months] = [0.9, 3000, 6];
    const log = payments(
      Array.from({ length: all }, (_, id) => {
        let paid = 1;
        while (paid < 30 && next() < monthly) paid++;
        return { began: id % 6, paid };
      }),
    );
    const retention = `${(100 * monthly ** 12).toFixed(4)}%`;
    const how = ['--contract', '1m', '--margin', '100%', '--grace', '3d', '--retention', retention];
    const [from, to] = [monthsAfter(START, 5) + 15, monthsAfter(START, 5 + months) + 15].map(isoOf) as [string, string];
    const found = await statement(log, ...how, '--from', from, '--to', to);
    const experience = line(found.statement, 'experience_gains') + line(found.statement, 'experience_losses');
    const each = line(found.statement, 'closing') / Number(found.recurring_revenue.months[0]!['customers']);
    const running = line(found.statement, 'opening') / each;
    const stays = monthly ** months;
    const error = each * Math.sqrt(running * stays * (1 - stays));
    expect(running).toBeGreaterThan(1500);
    expect(Math.abs(experience)).toBeLessThan(3 * error);
    expect(line(found.statement, 'experience_losses')).toBeLessThan(-10 * error);
    const { expected, realised } = found.statement.margin;
    expect(Math.abs(expected / realised - 1)).toBeLessThan(0.05);
  }, 60_000);
});
