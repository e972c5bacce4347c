import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { halfEvenQuotient } from '../../base/money.ts';
import type { TableSource } from '../../data/inputs.ts';
import type { RemoteRate } from '../../data/remote-table.ts';
import { plainName } from '../columns.ts';
import { columnOf, dayCell, neededColumn } from './cells.ts';
import { badCell, readTable } from './table.ts';

/** A rate from a first to a last day, both included; null: open. */
interface Rate {
  /** Units of 10^-`RATE_DECIMALS`. */
  readonly units: bigint;
  readonly from: Day | null;
  readonly to: Day | null;
}

/** What a unit of each currency is worth in the one currency of the figures. */
export interface Rates {
  readonly source: TableSource;
  /** Currencies with a rate, in the order of the file. */
  readonly currencies: readonly string[];
  /** Every rate, for who converts elsewhere. */
  readonly lines: readonly RemoteRate[];
  /** Units of 10^-4 in the one currency: exact, then rounded half to even. `null`: no rate on that day. */
  convert(units: bigint, currency: string, day: Day): bigint | null;
  /** What a unit of a currency is worth on a day, units of 10^-12. `null`: no rate on that day. */
  rateOn(currency: string, day: Day): bigint | null;
}

const LAYOUT = { what: 'rates file', remedy: 'give it the columns currency and rate, and perhaps from and to' };
/** Decimals of a rate. */
export const RATE_DECIMALS = 12;
const ONE = 10n ** BigInt(RATE_DECIMALS);
const RATE = /^\d{1,12}(?:\.\d{1,12})?$/;

/**
 * Reads a file of currency, rate, from, to. Without a column `to`, a rate holds until the next one of its currency begins.
 * @param base a currency that needs no line: its rate is 1
 * @throws ClvError E254, E255, E285 where two lines of a currency share a day, and those of readTable
 */
export async function readRates(file: string, base: string | null): Promise<Rates> {
  const table = await readTable(file, (header) => header.some((name) => plainName(name) === 'rate'));
  const currency = neededColumn(table, ['currency'], LAYOUT);
  const rate = neededColumn(table, ['rate'], LAYOUT);
  const [from, to] = [columnOf(table, ['from'], LAYOUT), columnOf(table, ['to'], LAYOUT)];
  const rates = new Map<string, Rate[]>();
  for (const row of table.rows) {
    const code = row.cells[currency]!.toUpperCase();
    if (code === '') throw badCell(table, row, currency, 'blank', { remedy: 'give the code, e.g. EUR' });
    const text = row.cells[rate]!;
    if (!RATE.test(text) || /^[0.]*$/.test(text)) throw badCell(table, row, rate, 'no rate');
    const [whole, fraction = ''] = text.split('.');
    const units = BigInt(whole! + fraction.padEnd(RATE_DECIMALS, '0'));
    if (code === base && units !== ONE) throw badCell(table, row, rate, 'rate of itself', { currency: code });
    const day = (column: number): Day | null =>
      column < 0 || row.cells[column] === '' ? null : dayCell(table, row, column);
    const one = { units, from: day(from), to: day(to) };
    const others = rates.get(code) ?? [];
    if (others.some((other) => (to < 0 ? other.from === one.from : overlap(other, one))))
      throw new ClvError('E285', { currency: code }, row.place(currency));
    rates.set(code, [...others, one]);
  }
  if (to < 0) for (const [code, all] of rates) rates.set(code, untilTheNext(all));
  if (base !== null && !rates.has(base)) rates.set(base, [{ units: ONE, from: null, to: null }]);
  return {
    source: table.source,
    currencies: [...rates.keys()],
    lines: [...rates].flatMap(([currency, all]) => all.map((one) => ({ currency, ...one }))),
    convert(units, code, day) {
      const rate = rateOn(rates, code, day);
      return rate === null ? null : halfEvenQuotient(units * rate, ONE);
    },
    rateOn: (code, day) => rateOn(rates, code, day),
  };
}

function rateOn(rates: ReadonlyMap<string, readonly Rate[]>, code: string, day: Day): bigint | null {
  const found = rates.get(code)?.find((one) => (one.from ?? day) <= day && day <= (one.to ?? day));
  return found?.units ?? null;
}

/** Each rate until the day before the next one begins. */
function untilTheNext(rates: readonly Rate[]): Rate[] {
  const sorted = [...rates].sort((a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY));
  return sorted.map((rate, i) => ({ ...rate, to: sorted[i + 1] ? sorted[i + 1]!.from! - 1 : null }));
}

function overlap(a: Rate, b: Rate): boolean {
  const { NEGATIVE_INFINITY: never, POSITIVE_INFINITY: forever } = Number;
  return (a.from ?? never) <= (b.to ?? forever) && (b.from ?? never) <= (a.to ?? forever);
}
