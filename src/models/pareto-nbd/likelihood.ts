import gammaln from '@stdlib/math-base-special-gammaln';
import type { States } from '../../data/states.ts';
import { mostPurchases, type Run, runsByPurchases } from '../states.ts';
import { type DayGrid, dayGrid, Integrand } from './grid.ts';

/**
 * Pareto/NBD likelihood over states (Schmittlein, Morrison & Colombo 1987), r, α, s, β with the week as unit:
 *   L = Γ(n)/Γ(r) α^r β^s · D,  n = r + x,
 *   D = (α+T)^−n (β+T)^−s + s ∫_{t_x}^{T} (α+τ)^−n (β+τ)^−(s+1) dτ;  P(alive) is the first term's share of D.
 * For one x the integral is the difference of one function of the day, cumulated from the right: a state costs two look-ups.
 */

export function gridFor(runs: readonly Run[], parameters: readonly number[]): DayGrid {
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  const days = Math.max(...runs.map((run) => run.lastDay));
  const most = mostPurchases(runs, days);
  return dayGrid(alpha, beta, (day) => r + most[day]! + s + 1, days);
}

/** ln of the integrand at the start of each day: the scale of that day's figures. */
export function dayScale(grid: DayGrid, n: number, s: number, scale: Float64Array): void {
  for (let d = 0; d <= grid.days; d++) scale[d] = -n * grid.dayLogA[d]! - (s + 1) * grid.dayLogB[d]!;
}

/** Visits every state in order with the two parts of D, alive and dead, both times e^−scale. */
function visit(
  states: States,
  parameters: readonly number[],
  each: (i: number, alive: number, dead: number, scale: number) => void,
  endOfRun: (run: Run) => void = () => {},
): void {
  const [r, , s, beta] = parameters as [number, number, number, number];
  const runs = runsByPurchases(states);
  const grid = gridFor(runs, parameters);
  const integrand = new Integrand(grid, r, s);
  const scale = new Float64Array(grid.days + 1);
  const tail = new Float64Array(grid.days + 1);
  for (const run of runs) {
    integrand.moveTo(run.x);
    dayScale(grid, r + run.x, s, scale);
    tail[run.lastDay] = 0;
    for (let d = run.lastDay - 1; d >= run.firstDay; d--) {
      let sum = 0;
      for (let j = grid.first[d]!; j < grid.first[d + 1]!; j++) sum += grid.weight[j]! * integrand.node[j]!;
      tail[d] = sum + integrand.right[d]! * tail[d + 1]!;
    }
    for (let i = run.from; i < run.to; i++) {
      const last = states.recency[i]!;
      const age = states.age[i]!;
      const ratio = Math.exp(scale[age]! - scale[last]!);
      each(i, ratio * (beta + age / 7), s * (tail[last]! - ratio * tail[age]!), scale[last]!);
    }
    endOfRun(run);
  }
}

export function paretoLogLikelihood(states: States, parameters: readonly number[]): number {
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  let total = 0;
  let customers = 0;
  let logs = 0;
  visit(
    states,
    parameters,
    (i, alive, dead, scale) => {
      const count = states.count[i]!;
      customers += count;
      logs += count * (scale + Math.log(alive + dead));
    },
    (run) => {
      const constant = gammaln(r + run.x) - gammaln(r) + r * Math.log(alpha) + s * Math.log(beta);
      total += logs + customers * constant;
      logs = 0;
      customers = 0;
    },
  );
  return total;
}

export function paretoAlive(states: States, parameters: readonly number[]): Float64Array {
  const share = new Float64Array(states.length);
  visit(states, parameters, (i, alive, dead) => {
    share[i] = alive / (alive + dead);
  });
  return share;
}
