import { ClvError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { type Column, flatNames } from '../../data/report.ts';

/** E550: a column that a list of customers does not have. */
export function unknownField(option: string, column: string, columns: readonly string[]): ClvError {
  const hint = didYouMean(column, columns);
  return new ClvError('E550', { option, column, columns: columns.join(', '), hint });
}

/**
 * The places of columns among all of a list, where each bound of an interval has one.
 * @throws ClvError E550
 */
export function placesOf(fields: readonly string[], columns: readonly Column[]): readonly number[] {
  const names = columns.map(({ name }) => name);
  const unknown = fields.find((field) => !names.includes(field));
  if (unknown !== undefined) throw unknownField('--fields', unknown, names);
  const places = new Map<string, readonly number[]>();
  let next = 0;
  for (const column of columns) {
    const own = flatNames(column).map((_, i) => next + i);
    places.set(column.name, own);
    next += own.length;
  }
  return fields.flatMap((field) => places.get(field)!);
}
