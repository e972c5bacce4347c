import { existsSync, readFileSync } from 'node:fs';
import { parseIsoDay } from '../../src/base/calendar.ts';
import type { SpendStates, States } from '../../src/data/states.ts';
import { type Customer, spendStatesOf, statesOf } from './customers.ts';

/** The CDNOW sample (Fader & Hardie), which cannot be part of the project; README of ../shared/data has the figures. */
const FILE = new URL('../../../shared/data/cdnow_sample_log.csv', import.meta.url);
export const CDNOW_MISSING = !existsSync(FILE);

/** All that happened up to a date, that of the published calibration. Spend is the mean of the repeat purchase days. */
export function cdnow(until = '1997-09-30'): { states: States; spend: SpendStates; customers: Map<string, Customer> } {
  const asOf = parseIsoDay(until)!;
  const days = new Map(
    [...cdnowDays()].flatMap(([id, own]) => {
      const early = [...own].filter(([day]) => day <= asOf);
      return early.length > 0 ? [[id, new Map(early)] as const] : [];
    }),
  );
  const customers = new Map<string, Customer>();
  for (const [id, own] of days) {
    const sorted = [...own.keys()].sort((a, b) => a - b);
    const first = sorted[0]!;
    const repeat = sorted.slice(1);
    const money = repeat.reduce((sum, day) => sum + own.get(day)!, 0);
    customers.set(id, {
      x: repeat.length,
      recency: (repeat.at(-1) ?? first) - first,
      age: asOf - first,
      mean: repeat.length ? Math.round(money * 100) / 100 / repeat.length : 0,
    });
  }
  const list = [...customers.values()];
  return { states: statesOf(list), spend: spendStatesOf(list), customers };
}

/** What every customer spent, by day. */
export function cdnowDays(): Map<string, Map<number, number>> {
  const days = new Map<string, Map<number, number>>();
  for (const line of readFileSync(FILE, 'utf8').trim().split('\n').slice(1)) {
    const [customer, date, , amount] = line.split(',') as [string, string, string, string];
    const day = parseIsoDay(date)!;
    const own = days.get(customer) ?? new Map<number, number>();
    own.set(day, (own.get(day) ?? 0) + Number(amount));
    days.set(customer, own);
  }
  return days;
}
