import { ClvError, type Place } from '../../base/errors.ts';
import type { TableSource } from '../../data/inputs.ts';
import type { LastBought, Switching } from '../../data/market.ts';
import { plainName } from '../columns.ts';
import { columnOf, namesOf, neededColumn, positiveCell, rateCell } from './cells.ts';
import { badCell, readTable, type Table, type TableRow } from './table.ts';

const SWITCHING_FILE = {
  what: 'switching file',
  remedy: 'give it the columns brand, one named like each brand, and perhaps lost, last_bought and contribution',
};

/** Columns that are no brand, unless a line is called so. */
const OTHERS = ['lost', 'last_bought', 'contribution'] as const;

/**
 * Reads a switching file: a line a brand last bought, a column a brand bought next. The cells of a line are probabilities,
 * or counts of purchases; with a column `lost`, they tell where the lost go, and the others stay. `last_bought` is how many
 * customers bought each last, or their share; `contribution` what a purchase brings.
 * @throws ClvError E254, E255, E272 a row that does not sum to one, E273 brands that differ between the axes, E277 counts
 * beside shares, and those of readTable
 */
export async function readSwitching(file: string): Promise<Switching & { readonly source: TableSource }> {
  const table = await readTable(file, (header) => header.some((name) => plainName(name) === 'brand'));
  const name = neededColumn(table, ['brand'], SWITCHING_FILE);
  namesOf(table, name);
  const brands = table.rows.map((row) => row.cells[name]!);
  const other = (column: (typeof OTHERS)[number]): number => {
    const at = columnOf(table, [column], SWITCHING_FILE);
    return brands.includes(table.header[at] ?? '') ? -1 : at;
  };
  const [lost, lastBought, contribution] = [other('lost'), other('last_bought'), other('contribution')];
  const columns = brandColumns(table, brands, [name, lost, lastBought, contribution]);
  const cells = table.rows.map((row) => columns.map((column) => portionCell(table, row, column)));
  const counted = isCounted(cells.flat());
  if (!counted) checkAlike(cells, (i) => [brands[i]!, table.rows[i]!.place(name)]);
  const matrix = table.rows.map((row, i) => {
    const goes = (): readonly number[] => distribution(cells[i]!, counted, brands[i]!, row.place(name));
    if (lost < 0) return goes();
    if (cells[i]![i]!.units !== 0n) throw badCell(table, row, columns[i]!, 'own brand');
    return movedAway(rateCell(table, row, lost, 'retention').toNumber(), i, cells[i]!, goes);
  });
  return {
    brands,
    given: lost >= 0 ? 'lost' : counted ? 'counts' : 'probabilities',
    matrix,
    lastBought: lastBought >= 0 ? lastBoughtOf(table, lastBought) : lost < 0 && counted ? rowTotals(cells) : null,
    contribution: contribution < 0 ? null : table.rows.map((row) => positiveCell(table, row, contribution)),
    source: table.source,
  };
}

/** The column of each brand, in the order of the rows. E273. */
function brandColumns(table: Table, brands: readonly string[], others: readonly number[]): readonly number[] {
  const columns = brands.map((brand) => table.header.flatMap((title, at) => (title === brand ? [at] : [])));
  for (const [i, found] of columns.entries()) {
    const problem = found.length === 0 ? 'has a line and no column' : `has ${found.length} columns`;
    if (found.length !== 1)
      throw new ClvError('E273', { brand: brands[i]!, problem }, table.rows[i]!.place(others[0]!));
  }
  const known = new Set([...columns.flat(), ...others]);
  const strange = table.header.find((_, at) => !known.has(at));
  if (strange !== undefined)
    throw new ClvError('E273', { brand: strange, problem: 'has a column and no line' }, table.headerPlace);
  return columns.flat();
}

/** Whole numbers, some of them above 1. */
function isCounted(cells: readonly Portion[]): boolean {
  return cells.every(({ whole }) => whole) && cells.some(({ units }) => units > ONE_WHOLE);
}

/** E277 for a row that can only be counts, where another can only be shares. @param named the brand of a row, and its place */
function checkAlike(
  cells: readonly (readonly Portion[])[],
  named: (row: number) => readonly [brand: string, place: Place],
): void {
  const counts = cells.findIndex(isCounted);
  if (counts < 0) return;
  const [brand, place] = named(counts);
  const [other] = named(cells.findIndex((row) => row.some(({ whole }) => !whole)));
  throw new ClvError('E277', { brand, other }, place);
}

/** Chances out of probabilities, which must sum to one, or out of counts. E272. */
function distribution(cells: readonly Portion[], counted: boolean, brand: string, place: Place): readonly number[] {
  const sum = portionsSum(cells);
  if (counted ? sum.units === 0n : !isOne(sum)) throw new ClvError('E272', { brand, sum: sum.text }, place);
  return cells.map(({ units }) => Number(units) / Number(sum.units));
}

/** The chance of staying, and the lost divided over where they go; who loses none need not say. */
function movedAway(
  lost: number,
  from: number,
  cells: readonly Portion[],
  goes: () => readonly number[],
): readonly number[] {
  const shares = lost === 0 && portionsSum(cells).units === 0n ? cells.map(() => 0) : goes();
  return shares.map((share, j) => (j === from ? 1 - lost : lost * share));
}

/** Whole numbers are customers, others are shares of all and must sum to one. E254. */
function lastBoughtOf(table: Table, column: number): LastBought {
  const cells = table.rows.map((row) => portionCell(table, row, column));
  const sum = portionsSum(cells);
  const counted = cells.every(({ whole }) => whole) && sum.units > ONE_WHOLE;
  if (!counted && !isOne(sum)) {
    throw badCell(table, table.rows.at(-1)!, column, 'no sum of shares', { sum: sum.text });
  }
  return {
    weights: cells.map(({ units }) => units),
    customers: counted ? Number(sum.units / ONE_WHOLE) : null,
    source: 'last_bought',
  };
}

function rowTotals(cells: readonly (readonly Portion[])[]): LastBought {
  return { weights: cells.map((row) => portionsSum(row).units), customers: null, source: 'row totals' };
}

/** A part of a whole, exact: a probability, a share, a percentage or a count. */
interface Portion {
  /** 10^-20. */
  readonly units: bigint;
  /** Whether it is written as a whole number, and so may be a count. */
  readonly whole: boolean;
}

const SCALE = 20;
/** Units of 1. */
const ONE_WHOLE: bigint = 10n ** BigInt(SCALE);

const PORTION = /^(?=\.?\d)(\d{0,12})(?:\.(\d{1,18}))?\s?(%?)$/;

/** Zero or more; blank is zero. E254. */
function portionCell(table: Table, row: TableRow, column: number): Portion {
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

function portionsSum(portions: readonly Portion[]): { readonly units: bigint; readonly text: string } {
  const units = portions.reduce((sum, portion) => sum + portion.units, 0n);
  const digits = String(units).padStart(SCALE + 1, '0');
  return { units, text: `${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`.replace(/\.?0+$/, '') };
}

/** What shares rounded to six decimals may lack. */
const ROUNDED = ONE_WHOLE / 1_000_000n;

function isOne({ units }: { readonly units: bigint }): boolean {
  const gap = units - ONE_WHOLE;
  return gap <= ROUNDED && gap >= -ROUNDED;
}
