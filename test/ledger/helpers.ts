import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Day, parseIsoDay } from '../../src/base/calendar.ts';
import { Decimal, ONE } from '../../src/base/decimal.ts';
import { parseUnits, rescale } from '../../src/base/money.ts';
import { type CustomerBlock, numberIn, unitsIn } from '../../src/data/customers.ts';
import type { Factors, States } from '../../src/data/states.ts';
import { openDuckDB } from '../../src/ledger/duckdb/open.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { LoadPlan, MarginRule } from '../../src/ledger/plan.ts';

/** customer, date, amount, keys … */
export type Line = readonly [string, string, string, ...string[]];

export const day = (text: string): Day => parseIsoDay(text)!;
export const amount = (text: string): bigint => parseUnits(text, 4)!;

/** Runs work on a fresh embedded ledger that holds the lines. */
export async function withLedger<T>(lines: readonly Line[], work: (ledger: Ledger) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'clv-ledger-'));
  const ledger = await openDuckDB(scratch);
  try {
    const width = (lines[0]?.length ?? 3) - 3;
    await ledger.append({
      length: lines.length,
      customers: lines.map((line) => line[0]),
      days: lines.map((line) => day(line[1])),
      amounts: lines.map((line) => amount(line[2])),
      keys: Array.from({ length: width }, (_, i) => lines.map((line) => line[3 + i]!)),
    });
    return await work(ledger);
  } finally {
    await ledger.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

export const PLAIN: LoadPlan = { keys: [], by: [], fitBy: [], margin: { rate: ONE, rules: null }, costs: null };

export function rule(
  line: number,
  keys: readonly (string | null)[],
  value: string,
  from?: string,
  to?: string,
): MarginRule {
  return {
    line,
    keys,
    kind: 'rate',
    value: new Decimal(value),
    from: from ? day(from) : null,
    to: to ? day(to) : null,
  };
}

/** Factors of a made-up model: P(alive) 0.5, DERT 2, expected margin base + weight × mean. */
export function factors(states: States, base: number, weight: number): Factors {
  const all = (value: number) => new Float64Array(states.length).fill(value);
  return { states, pAlive: all(0.5), dert: all(2), spendBase: all(base), spendMultiplier: all(weight) };
}

/** Rows of the valued customers, as the ledger orders them. */
export async function rows(ledger: Ledger, { subscribers = false } = {}): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for await (const block of ledger.customers({ subscribers })) {
    for (let i = 0; i < block.length; i++) found.push(rowOf(block, i));
  }
  return found;
}

function rowOf(block: CustomerBlock, i: number): Record<string, unknown> {
  return {
    id: block.id[i],
    segment: block.segment.map((column) => column[i]),
    x: numberIn(block, 'frequency', i),
    recency: numberIn(block, 'recency_days', i),
    age: numberIn(block, 'age_days', i),
    revenue: rescale(unitsIn(block, 'revenue', i), 4, 2),
    margin: rescale(unitsIn(block, 'margin', i), 10, 2),
    mean: numberIn(block, 'mean_margin_per_purchase', i),
    clv: unitsIn(block, 'clv', i),
  };
}
