import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isoOf } from '../src/base/calendar.ts';
import { SEED, uniform } from '../src/engine/random.ts';
import { day } from './ledger/helpers.ts';
import { compute, run } from './run.ts';
import { DATA, hasData } from './shared.ts';

interface Lines {
  readonly lines: readonly { readonly line: string; readonly amount: number }[];
}
interface Counts {
  readonly customers: Readonly<Record<'opening' | 'new' | 'transferred' | 'closing', number>>;
}
interface Period extends Lines, Counts {
  readonly from: string;
  readonly to: string;
  readonly model_change_standard_error: number | null;
  readonly expected_active: { readonly opening: number; readonly closing: number };
  readonly margin: {
    readonly expected: number;
    readonly realised: number;
    readonly realised_new_customers: number;
    readonly by_closing_margins: { readonly realised: number; readonly realised_new_customers: number } | null;
  };
}
type Segment = Lines & Counts & { readonly region: string };

/** What these tests look at of a statement. */
interface Statement {
  readonly methodology: {
    readonly horizon: string;
    readonly opening_date: string;
    readonly changes_since_prior_period: readonly string[];
    readonly prior_period_recast: { readonly customer_equity_recast: number; readonly difference: number };
  };
  readonly statement: Period;
  readonly closing: unknown;
  readonly model_error: unknown;
  readonly segments: readonly Segment[];
  readonly series: readonly (Period & { readonly segments?: readonly Segment[] })[];
}

const FIXTURES = join(import.meta.dirname, '../fixtures');
const shop = readFileSync(join(FIXTURES, 'transactions.csv'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'clv-statement-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}
function model(name: string, buying: object, spend: object): string {
  const parameters = { name: 'pareto-nbd', time_unit: 'week', parameters: buying };
  return file(name, JSON.stringify({ model: { ...parameters, spend: { name: 'gamma-gamma', parameters: spend } } }));
}
const SHOP = model('shop.json', { r: 0.6, alpha: 9, s: 0.5, beta: 12 }, { p: 5, q: 4, gamma: 14 });
const CDNOW = model(
  'cdnow.json',
  { r: 0.55328, alpha: 10.57768, s: 0.60624, beta: 11.66874 },
  { p: 6.24957, q: 3.74422, gamma: 15.44352 },
);

async function statement(content: string, ...args: string[]): Promise<Statement> {
  return JSON.parse(await run('statement', [content], ...args)) as Statement;
}
async function equity(content: string, ...args: string[]): Promise<number> {
  const { result } = await compute([content], '--interval', 'none', ...args);
  return result.summary['customer_equity']!;
}
const line = ({ lines }: Lines, id: string): number => lines.find((one) => one.line === id)!.amount;
const cents = (amount: number): number => Math.round(amount * 100);

/** A log of customers who stop after a while, and who all buy again, and for good, after day 450: in the end nobody ever stops. */
function whoComeBack(): string {
  const random = uniform(SEED);
  const gap = (rate: number): number => -Math.log(random()) / rate;
  const lines: string[] = [];
  for (let customer = 0; customer < 120; customer++) {
    const [born, rate] = [60 * random(), 0.02 + 0.06 * random()];
    const until = Math.min(born + gap(1 / 150), 450);
    for (const [from, to] of [
      [born, until],
      [451 + gap(rate), 730],
    ] as const)
      for (let at = from; at < to; at += gap(rate))
        lines.push(`c${customer},${isoOf(day('2023-01-01') + Math.floor(at))},${(10 + 10 * random()).toFixed(2)}`);
  }
  return `customer_id,date,amount\n${lines.join('\n')}\n`;
}

/** All lines but the last sum to the last, to the cent; likewise of segments, which sum to the total, transfers to nothing. */
function checkSums(total: Lines & Counts, segments: readonly Segment[] = []): void {
  for (const { lines, customers } of [total, ...segments]) {
    const sum = lines.slice(0, -1).reduce((all, { amount }) => all + cents(amount), 0);
    expect(sum).toBe(cents(lines.at(-1)!.amount));
    expect(customers.opening + customers.new + customers.transferred).toBe(customers.closing);
  }
  expect(line(total, 'transfers')).toBe(0);
  expect(total.customers.transferred).toBe(0);
  if (segments.length === 0) return;
  for (const { line: id, amount } of total.lines) {
    const sum = segments.reduce((all, segment) => all + cents(line(segment, id)), 0);
    expect(sum).toBe(cents(amount));
  }
  for (const count of ['opening', 'new', 'transferred', 'closing'] as const) {
    expect(segments.reduce((all, { customers }) => all + customers[count], 0)).toBe(total.customers[count]);
  }
}

const CHANGES = ['model_change', 'margin_change', 'discount_rate_change'] as const;
const changes = (total: Lines): boolean[] => CHANGES.map((id) => line(total, id) !== 0);

describe('clv statement', () => {
  const dates = ['--from', '2024-12-31', '--to', '2025-05-31'];
  const margins = ['--margins', join(FIXTURES, 'margins.csv')];
  const costs = file('costs.csv', 'customer_id,date,cost\n000104,2024-05-01,12.5\n000105,2025-03-01,3\n');

  it.each([
    [['--margin', '30%']],
    [['--margin', '30%', '--horizon', '3y', '--currency', 'jpy']],
    [['--margin', '30%', '--horizon', '90d', '--spend', 'mean', '--by', 'region']],
    [['--margin', '30%', '--spend-from', 'all', '--costs', costs]],
    [[...margins, '--by', 'region', '--discount-rate', '8%']],
    [['--margin', '30%', '--model', 'bg-nbd', '--horizon', '1y']],
  ])('opens and closes with what clv compute says: %j', async (options) => {
    const found = await statement(shop, ...dates, ...options);
    const [before, after] = await Promise.all(
      ['2024-12-31', '2025-05-31'].map((date) => compute([shop], '--as-of', date, '--interval', 'none', ...options)),
    );
    expect(line(found.statement, 'opening')).toBe(before!.result.summary['customer_equity']);
    expect(line(found.statement, 'closing')).toBe(after!.result.summary['customer_equity']);
    expect(found.statement.expected_active.closing).toBe(after!.result.summary['expected_active']);
    expect(found.statement.customers.closing).toBe(after!.result.summary['customers']);
    expect(found.segments.map((segment) => [segment.region, line(segment, 'closing')])).toEqual(
      after!.result.segments.map((segment) => [segment['region'], segment['customer_equity']]),
    );
    checkSums(found.statement, found.segments);
  });

  it.each([
    [['--margin', '30%']],
    [['--margin', '30%', '--horizon', '1y', '--model-error', '20%']],
    [['--margins', join(FIXTURES, 'margins.csv'), '--from-margins', join(FIXTURES, 'margins.csv')]],
  ])('says of the closing the intervals of clv compute: %j', async (options) => {
    const dates = ['--from', '2024-12-31', '--to', '2025-05-31'];
    const own = options.filter((_, i) => !options.slice(Math.max(0, i - 1), i + 1).includes('--from-margins'));
    const { closing, model_error } = await statement(shop, ...dates, ...options);
    const document = JSON.parse(await run('compute', [shop], '--as-of', '2025-05-31', ...own)) as {
      readonly summary: Readonly<Record<string, unknown>>;
      readonly model_error: unknown;
    };
    expect(closing).toEqual(
      Object.fromEntries(
        ['customer_equity', 'customer_equity_interval', 'prediction_interval'].map((key) => [
          key,
          document.summary[key],
        ]),
      ),
    );
    expect(model_error).toEqual(document.model_error);
  });

  it.each([
    ['2023-03-05', '2023-03-06', 'lifetime'],
    ['2023-06-30', '2025-06-30', 'lifetime'],
    ['2023-06-30', '2025-06-30', '1y'],
    ['2024-02-29', '2024-03-31', '36m'],
  ])('sums to the cent from %s to %s, horizon %s', async (from, to, horizon) => {
    const options = ['--use-model', SHOP, '--margin', '30%', '--by', 'region', '--horizon', horizon];
    const { statement: total, segments } = await statement(shop, ...options, '--from', from, '--to', to);
    checkSums(total, segments);
    expect(changes(total)).toEqual([false, false, false]);
    if (horizon === 'lifetime') expect(line(total, 'horizon_rolled')).toBe(0);
    else expect(line(total, 'horizon_rolled')).toBeGreaterThan(0);
  });

  it('a series goes from closing to opening, and its ends are those of the whole', async () => {
    const opening = ['--from-margins', file('flat.csv', 'margin\n0.35\n'), '--from-discount-rate', '8%'];
    const options = [...margins, '--by', 'region', ...opening, '--from', '2024-12-31', '--every', '1q'];
    const { statement: whole, series, segments } = await statement(shop, ...options);
    expect(series.map(({ from, to }) => [from, to])).toEqual([
      ['2024-12-31', '2025-03-31'],
      ['2025-03-31', '2025-06-30'],
    ]);
    const [first, last] = series as [(typeof series)[0], (typeof series)[0]];
    expect(line(first, 'opening')).toBe(line(whole, 'opening'));
    expect(line(first, 'closing')).toBe(line(last, 'opening'));
    expect(line(last, 'closing')).toBe(line(whole, 'closing'));
    expect(changes(first)).toEqual([true, true, true]);
    expect(changes(last)).toEqual([true, false, false]);
    for (const period of series) checkSums(period, period.segments);
    checkSums(whole, segments);
    expect(first.customers.new + last.customers.new).toBe(whole.customers.new);
    expect(cents(first.margin.realised)).toBeLessThanOrEqual(cents(whole.margin.realised));
  });

  it('a series is of the shorter span of time in all periods, where a later one has it', async () => {
    const choices = ['--model', 'bg-nbd', '--season', 'none', '--model-error', 'none'];
    const options = ['--margin', '30%', ...choices, '--from', '2024-02-29'];
    const back = whoComeBack();
    const first = await statement(back, ...options, '--to', '2024-05-31');
    expect(first.methodology.horizon).toBe('lifetime');
    const of = (...more: string[]) => statement(back, ...options, '--to', '2024-08-31', '--every', '1q', ...more);
    const [found, asked] = [await of(), await of('--horizon', '3y')];
    expect(found.methodology.horizon).toBe(asked.methodology.horizon);
    expect([found.statement, found.series]).toEqual([asked.statement, asked.series]);
  });

  describe('assumptions of the opening', () => {
    const closing = [...dates, ...margins, '--use-model', SHOP, '--discount-rate', '10%'];
    const flat = file('then.csv', 'margin\n0.35\n');
    const other = model('then.json', { r: 0.5, alpha: 9, s: 0.6, beta: 11 }, { p: 6, q: 3.5, gamma: 12 });
    const then = ['--as-of', '2024-12-31'];

    it('that are those of the closing change nothing', async () => {
      const same = ['--from-margins', margins[1]!, '--from-discount-rate', '10%', '--from-model', SHOP];
      const [plain, repeated] = [await statement(shop, ...closing), await statement(shop, ...closing, ...same)];
      for (const { statement: total, methodology } of [plain, repeated]) {
        expect(changes(total)).toEqual([false, false, false]);
        expect(methodology.changes_since_prior_period).toEqual([]);
        expect(methodology.prior_period_recast.difference).toBe(0);
      }
      expect(repeated.statement.lines).toEqual(plain.statement.lines);
    });

    it.each([
      ['model_change', ['--from-model', other], [...margins, '--use-model', other]],
      ['margin_change', ['--from-margins', flat], ['--margins', flat, '--use-model', SHOP]],
      [
        'discount_rate_change',
        ['--from-discount-rate', '8%'],
        [...margins, '--use-model', SHOP, '--discount-rate', '8%'],
      ],
    ] as const)('move their own line: %s', async (id, options, opening) => {
      const { statement: total, methodology } = await statement(shop, ...closing, ...options);
      expect(changes(total)).toEqual(CHANGES.map((change) => change === id));
      expect(methodology.changes_since_prior_period).toHaveLength(1);
      expect(line(total, 'opening')).toBe(await equity(shop, ...then, ...opening));
      expect(line(total, 'closing')).toBe(await equity(shop, '--as-of', '2025-05-31', ...margins, '--use-model', SHOP));
      const recast = await equity(shop, ...then, ...margins, '--use-model', SHOP);
      expect(methodology.prior_period_recast.customer_equity_recast).toBe(recast);
      checkSums(total);
    });

    it('realise margin by the margins that it was expected by, and show it by those of the closing', async () => {
      const options = [...dates, '--use-model', SHOP];
      const [then, now, both] = await Promise.all([
        statement(shop, ...options, '--margins', flat),
        statement(shop, ...options, ...margins),
        statement(shop, ...options, ...margins, '--from-margins', flat),
      ]);
      const { by_closing_margins: later, ...first } = both.statement.margin;
      expect({ ...first, by_closing_margins: null }).toEqual(then.statement.margin);
      const { expected: _, by_closing_margins: none, ...last } = now.statement.margin;
      expect([later, none]).toEqual([last, null]);
    });

    it('a model of the opening alone leaves the closing fitted, and has no standard error', async () => {
      const found = await statement(shop, ...dates, ...margins, '--from-model', SHOP);
      const chosen = ['--model', 'pareto-nbd', '--season', 'none', '--spend-from', 'repeat'];
      expect(line(found.statement, 'closing')).toBe(await equity(shop, '--as-of', '2025-05-31', ...margins, ...chosen));
      expect(found.statement.model_change_standard_error).toBeNull();
    });
  });

  it('without an opening there are as many periods as the data have', async () => {
    const options = ['--margin', '30%', '--use-model', SHOP];
    const { methodology, series } = await statement(shop, ...options, '--every', '1y');
    expect(series.map(({ from }) => from)).toEqual(['2023-06-30', '2024-06-30']);
    expect(methodology.opening_date).toMatch(/^2 periods of 1y before the closing: .* 2023-01-01$/);
    expect((await statement(shop, ...options)).methodology.opening_date).toBe('12 periods of 1m before the closing');
    expect((await statement(shop, ...options, ...dates)).methodology.opening_date).toBe('as given');
  });

  it('a refitted model has a standard error of its change, which is that of refitting', async () => {
    const { statement: total } = await statement(shop, ...dates, '--margin', '30%');
    const error = total.model_change_standard_error!;
    expect(error).toBeGreaterThan(0);
    expect(Math.abs(line(total, 'model_change'))).toBeLessThan(4 * error);
  });
});

describe.skipIf(!hasData)('clv statement of the CDNOW sample', () => {
  const sample = hasData ? readFileSync(join(DATA, 'cdnow_sample_log.csv'), 'utf8') : '';
  const options = ['--margin', '100%', '--discount-rate', '15%', '--use-model', CDNOW];

  it.each([
    ['1997-02-15', '1997-06-30', [182513.36, 9675.94, -32357.05, 0, 67315.73, -75278.1, 130501.13], 282371.01],
    ['1997-09-30', '1997-12-31', [262067.56, 9390.16, -23494.53, 0, 76836.6, -56458.58, 0], 268341.21],
  ] as const)('%s to %s: the figures of formulas.md', async (from, to, wanted, closing) => {
    const { statement: total } = await statement(sample, ...options, '--from', from, '--to', to);
    const [opening, ...others] = wanted;
    const figures = [opening, 0, ...others, 0, 0, 0, 0, closing];
    for (const [i, { line: id, amount }] of total.lines.entries()) {
      expect(Math.abs(amount - figures[i]!), id).toBeLessThanOrEqual(0.05);
    }
    checkSums(total);
    if (to !== '1997-12-31') return;
    expect(total.margin.expected).toBeCloseTo(23072.98, 1);
    expect(total.margin.realised).toBe(28109.27);
  });

  it.each([
    ['1997-01-02', '1997-01-03', 'lifetime'],
    ['1997-01-31', '1998-06-30', 'lifetime'],
    ['1997-01-31', '1998-06-30', '1y'],
    ['1997-03-31', '1997-04-30', '3y'],
  ])('sums to the cent from %s to %s, horizon %s', async (from, to, horizon) => {
    const dates = ['--from', from, '--to', to, '--horizon', horizon];
    checkSums((await statement(sample, ...options, ...dates)).statement);
  });

  it('refitting at each date moves a lot, within what its standard error allows (formulas)', async () => {
    const dates = ['--from', '1997-09-30', '--to', '1997-12-31'];
    const chosen = ['--model', 'pareto-nbd', '--season', 'none', '--spend-from', 'repeat'];
    const rates = ['--margin', '100%', '--discount-rate', '15%'];
    const { statement: total } = await statement(sample, ...rates, ...dates, ...chosen);
    expect(Math.abs(line(total, 'model_change') / 79498 - 1)).toBeLessThan(1e-3);
    expect(line(total, 'opening')).toBeCloseTo(262067.36, 0);
    expect(total.model_change_standard_error).toBeGreaterThan(30_000);
  });
});
