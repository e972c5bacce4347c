import type { Run } from '../states.ts';
import type { DayGrid, Integrand } from './grid.ts';

/**
 * Integrals behind the derivatives of the Pareto/NBD likelihood, one record of 15 a day: of the integrand times
 *   1 · a i b k · aa ai ab ak ii ib ik bb bk kk,   a = ln(α+τ), i = 1/(α+τ), b = ln(β+τ), k = 1/(β+τ).
 */
export const SIZE = 15;

/** Sums the moments from each day to the run's last into `out`, in the scale of the day. */
export function cumulateMoments(grid: DayGrid, integrand: Integrand, run: Run, out: Float64Array): void {
  const { first, weight, logA, recA, logB, recB } = grid;
  const { node, right } = integrand;
  out.fill(0, run.lastDay * SIZE, (run.lastDay + 1) * SIZE);
  for (let d = run.lastDay - 1; d >= run.firstDay; d--) {
    let m = 0;
    let ma = 0;
    let mi = 0;
    let mb = 0;
    let mk = 0;
    let maa = 0;
    let mai = 0;
    let mab = 0;
    let mak = 0;
    let mii = 0;
    let mib = 0;
    let mik = 0;
    let mbb = 0;
    let mbk = 0;
    let mkk = 0;
    for (let j = first[d]!; j < first[d + 1]!; j++) {
      const w = weight[j]! * node[j]!;
      const a = logA[j]!;
      const i = recA[j]!;
      const b = logB[j]!;
      const k = recB[j]!;
      const wa = w * a;
      const wi = w * i;
      const wb = w * b;
      const wk = w * k;
      m += w;
      ma += wa;
      mi += wi;
      mb += wb;
      mk += wk;
      maa += wa * a;
      mai += wa * i;
      mab += wa * b;
      mak += wa * k;
      mii += wi * i;
      mib += wi * b;
      mik += wi * k;
      mbb += wb * b;
      mbk += wb * k;
      mkk += wk * k;
    }
    const o = d * SIZE;
    out[o] = m;
    out[o + 1] = ma;
    out[o + 2] = mi;
    out[o + 3] = mb;
    out[o + 4] = mk;
    out[o + 5] = maa;
    out[o + 6] = mai;
    out[o + 7] = mab;
    out[o + 8] = mak;
    out[o + 9] = mii;
    out[o + 10] = mib;
    out[o + 11] = mik;
    out[o + 12] = mbb;
    out[o + 13] = mbk;
    out[o + 14] = mkk;
    for (let q = 0; q < SIZE; q++) out[o + q]! += right[d]! * out[o + SIZE + q]!;
  }
}
