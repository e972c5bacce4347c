/** A count with its word: 1 record, 2 records. */
export function counted(count: number, one: string): string {
  return `${count} ${plural(count, one, `${one}s`)}`;
}

/** The word that a count is followed by: of one, or of any other number. @param count as a number, or as its digits */
export function plural(count: number | bigint | string, one: string, many: string): string {
  return String(count) === '1' ? one : many;
}
