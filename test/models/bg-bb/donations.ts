import { existsSync, readFileSync } from 'node:fs';
import type { States } from '../../../src/data/states.ts';

/** Donations of Fader, Hardie & Shang 2010, which cannot be part of the project: 11,104 donors, six yearly opportunities. */
const FILE = new URL('../../../../shared/data/donations_rf.csv', import.meta.url);
export const DONATIONS_MISSING = !existsSync(FILE);

/** Times in opportunities. */
export function donations(): States {
  const rows = readFileSync(FILE, 'utf8').trim().split('\n').slice(1);
  const cells = rows.map((row) => row.split(',').map(Number)).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
  return {
    length: cells.length,
    x: Int32Array.from(cells, ([x]) => x!),
    recency: Int32Array.from(cells, ([, last]) => last!),
    age: Int32Array.from(cells, ([, , n]) => n!),
    count: Float64Array.from(cells, ([, , , customers]) => customers!),
  };
}
