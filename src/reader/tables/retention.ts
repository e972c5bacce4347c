import type { Decimal } from '../../base/decimal.ts';
import { segmentKey } from '../../data/customers.ts';
import type { TableSource } from '../../data/inputs.ts';
import { plainName } from '../columns.ts';
import { rateCell } from './cells.ts';
import { badCell, badColumns, readTable } from './table.ts';

/** Annual retention by segment: the values of the segment columns, in their order. */
export interface RetentionRates {
  readonly of: (segment: readonly string[]) => Decimal | null;
  readonly segments: readonly (readonly string[])[];
  readonly source: TableSource;
}

const NO_SEGMENT = '(none)';

/**
 * Reads a retention file: the segment columns, all of them, and retention, a line a segment.
 * @param by the segment columns
 * @throws ClvError E254, E255 and those of readTable
 */
export async function readRetention(file: string, by: readonly string[]): Promise<RetentionRates> {
  const table = await readTable(file, (header) => header.some((name) => plainName(name) === 'retention'));
  const names = table.header.map(plainName);
  const wanted = [...by, 'retention'].map(plainName);
  if (names.length !== wanted.length || wanted.some((name) => !names.includes(name))) {
    throw badColumns(table, 'no retention file', { wanted: [...by, 'retention'].join(', ') });
  }
  const [keys, value] = [by.map((name) => names.indexOf(plainName(name))), names.indexOf('retention')];
  const segments: (readonly string[])[] = [];
  const rates = new Map<string, Decimal>();
  for (const row of table.rows) {
    const segment = keys.map((at) => row.cells[at] || NO_SEGMENT);
    const key = segmentKey(segment);
    const rate = rateCell(table, row, value, 'retention');
    if (rates.has(key)) throw badCell(table, row, keys[0]!, 'second rate');
    rates.set(key, rate);
    segments.push(segment);
  }
  return { of: (segment) => rates.get(segmentKey(segment)) ?? null, segments, source: table.source };
}
