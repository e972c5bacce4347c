import { badCell, type Table, type TableRow } from './table.ts';

/** A part of a whole, exact: a probability, a share, a percentage or a count. */
export interface Portion {
  /** 10^-20. */
  readonly units: bigint;
  /** Whether it is written as a whole number, and so may be a count. */
  readonly whole: boolean;
}

const SCALE = 20;
/** Units of 1. */
export const ONE_WHOLE: bigint = 10n ** BigInt(SCALE);

const PORTION = /^(?=\.?\d)(\d{0,12})(?:\.(\d{1,18}))?\s?(%?)$/;

/** Zero or more; blank is zero. E254. */
export function portionCell(table: Table, row: TableRow, column: number): Portion {
  const text = row.cells[column]!;
  if (text === '') return { units: 0n, whole: true };
  const match = PORTION.exec(text);
  if (!match) {
    throw badCell(table, row, column, /^-\d/.test(text) ? 'negative portion' : 'no portion');
  }
  const [, whole, fraction = '', percent] = match;
  const units = BigInt(whole! + fraction.padEnd(SCALE, '0'));
  return percent === '%' ? { units: units / 100n, whole: false } : { units, whole: fraction === '' };
}

export function portionsSum(portions: readonly Portion[]): { readonly units: bigint; readonly text: string } {
  const units = portions.reduce((sum, portion) => sum + portion.units, 0n);
  const digits = String(units).padStart(SCALE + 1, '0');
  return { units, text: `${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`.replace(/\.?0+$/, '') };
}

/** What shares rounded to six decimals may lack. */
const ROUNDED = ONE_WHOLE / 1_000_000n;

export function isOne({ units }: { readonly units: bigint }): boolean {
  const gap = units - ONE_WHOLE;
  return gap <= ROUNDED && gap >= -ROUNDED;
}
