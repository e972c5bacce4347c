import type { TypedColumn } from '../../../data/columnar.ts';
import * as sql from '../columns.ts';

/** How the cells of a row are written in SQL, by the position of their column. */
export interface Cells {
  /** Trimmed; NULL is blank. */
  text(column: number): string;
  /** In units of 10^-4; of a cell with a fault some number that fits. */
  units(column: number): string;
  /** With all its digits, in units of 10^-`scale`. */
  exact(column: number): string;
  scale(column: number): number;
  /** One of MONEY_FAULTS, or 0. */
  fault(column: number): string;
  /** Whether there is no amount at all. */
  blank(column: number): string;
}

/** Cells that stand in columns of ours. */
export const NAMED = {
  text: (column: number): string => `t${column}`,
  units: (column: number): string => `u${column}`,
  exact: (column: number): string => `e${column}`,
  fault: (column: number): string => `f${column}`,
  blank: (column: number): string => `b${column}`,
};

/** The cells of some columns of a table, by the names of the columns. */
export function namedCells(columns: readonly TypedColumn[], round: number | undefined): Cells {
  return { ...NAMED, scale: (column) => sql.scaleOf(columns[column]!, round) };
}

/** Cells as they come out of the columns of a table. @param name how a column is written in SQL */
export function cellsOf(
  columns: readonly TypedColumn[],
  name: (column: number) => string,
  round: number | undefined,
): Cells {
  return {
    text: (column) => sql.textOf(columns[column]!, name(column)),
    units: (column) => sql.unitsOf(columns[column]!, name(column), round),
    exact: (column) => sql.exactUnits(columns[column]!, name(column), round),
    scale: (column) => sql.scaleOf(columns[column]!, round),
    fault: (column) => sql.moneyFault(columns[column]!, name(column), round),
    blank: (column) => `isNull(${name(column)})`,
  };
}
