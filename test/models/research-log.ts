import { existsSync, readFileSync } from 'node:fs';
import { parseIsoDay } from '../../src/base/calendar.ts';
import type { States } from '../../src/data/states.ts';
import { statesOf } from './customers.ts';

/** Research data that cannot be part of the project (../shared/data/README.md). */
function fileOf(name: string): URL {
  return new URL(`../../../shared/data/${name}`, import.meta.url);
}

export function isMissing(name: string): boolean {
  return !existsSync(fileOf(name));
}

export interface LogCustomer {
  readonly x: number;
  readonly recency: number;
  readonly age: number;
  /** Purchase days after the as-of date. */
  readonly later: number;
}

/** A log's purchases up to a date: days that net to zero or more. */
export function customersOfLog(
  name: string,
  until: string,
): { states: States; customers: Map<string, LogCustomer>; holdoutDays: number } {
  const asOf = parseIsoDay(until)!;
  const days = new Map<string, Map<number, number>>();
  let lastDay = 0;
  for (const line of readFileSync(fileOf(name), 'utf8').trim().split('\n').slice(1)) {
    const [customer, date, amount] = line.split(',') as [string, string, string];
    const day = parseIsoDay(date)!;
    lastDay = Math.max(lastDay, day);
    const own = days.get(customer) ?? new Map<number, number>();
    own.set(day, (own.get(day) ?? 0) + Math.round(Number(amount) * 1e4));
    days.set(customer, own);
  }
  const customers = new Map<string, LogCustomer>();
  const gaps = new Map<number, number>();
  for (const [id, own] of days) {
    const purchases = [...own].flatMap(([day, money]) => (money >= 0 ? [day] : [])).sort((a, b) => a - b);
    const known = purchases.filter((day) => day <= asOf);
    if (known.length === 0) continue;
    known.slice(1).forEach((day, i) => {
      gaps.set(day - known[i]!, (gaps.get(day - known[i]!) ?? 0) + 1);
    });
    const [first, last] = [known[0]!, known.at(-1)!];
    customers.set(id, {
      x: known.length - 1,
      recency: last - first,
      age: asOf - first,
      later: purchases.length - known.length,
    });
  }
  const logGaps = [...gaps].sort(([a], [b]) => a - b).reduce((sum, [gap, n]) => sum + n * Math.log(gap / 7), 0);
  return { states: { ...statesOf([...customers.values()]), logGaps }, customers, holdoutDays: lastDay - asOf };
}
