import type { ContractCells } from '../../../src/data/contracts.ts';
import { LENGTHS } from '../../../src/data/subscriptions/lengths.ts';

export type Row = readonly [segment: number, tenure: number, alive: 0 | 1, margin: number, count: number];

/** Cells of rows, of one fit by years, with every renewal decided; the margin is that of the whole run, in currency units. */
export function cellsOf(
  rows: readonly Row[],
  segments: readonly (readonly string[])[] = [['a'], ['b']],
): ContractCells {
  const tenure = Int32Array.from(rows, (row) => row[1]);
  const alive = Int32Array.from(rows, (row) => row[2]);
  return {
    length: rows.length,
    segments,
    segment: Int32Array.from(rows, (row) => row[0]),
    fit: new Int32Array(rows.length),
    fits: [{ length: LENGTHS.find(({ text }) => text === '1y')!, group: [] }],
    tenure,
    made: tenure.map((periods) => Math.max(0, periods - 1)),
    lost: alive.map((there) => 1 - there),
    alive,
    chance: Float64Array.from(alive),
    margin: rows.map((row) => BigInt(Math.round(row[3] * 1e4)) * 10n ** 6n),
    periods: tenure,
    count: Float64Array.from(rows, (row) => row[4]),
  };
}
