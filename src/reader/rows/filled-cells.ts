/** The column of the first cell that is not blank. */
export function filledColumn(row: readonly string[], columns: readonly number[]): number | undefined {
  return columns.find((column) => row[column]!.trim() !== '');
}

/** The text of the first cell that is not blank, or nothing. */
export function firstFilled(row: readonly string[], columns: readonly number[]): string {
  const column = filledColumn(row, columns);
  return column === undefined ? '' : row[column]!.trim();
}

/** The texts of several cells as one key. */
export function joined(row: readonly string[], columns: readonly number[]): string {
  return columns.map((column) => row[column]!.trim()).join('\0');
}
