/** The share of its runs that a property is tried in: a fifth, or what CLV_RUNS says, which is 1 in `npm run test:long`. */
const SHARE = Number(process.env['CLV_RUNS'] ?? 0.2);

/** How often a property is tried that is tried so often in the long run. */
export function runs(long: number): number {
  return Math.ceil(long * SHARE);
}
