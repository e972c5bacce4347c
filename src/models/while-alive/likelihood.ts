import type { States } from '../../data/states.ts';
import { dayNodes } from '../numeric/day-nodes.ts';
import type { Evaluation } from '../numeric/newton.ts';
import { addStates, aliveShares, type Cumulated, evaluationOf, recordSize, second } from '../records.ts';
import { mostPurchases, runsByPurchases } from '../states.ts';
import type { Buying } from './buying.ts';
import type { Life } from './life.ts';
import { Points } from './points.ts';
import type { Term } from './term.ts';

/**
 * Likelihood over states of customers who buy at a rate while they are alive (Schmittlein, Morrison & Colombo 1987, whose
 * derivation needs neither law), b(τ) that of the purchases in τ weeks:
 *   L = C(x) · (A(T) + F(t_x) − F(T)),  A(τ) = b(τ) S(τ),  F(τ) = ∫_τ b(v) f(v) dv up to the last day;
 * P(alive) is the first term's share. Records (records.ts) have the parameters of buying before those of life.
 */
export class WhileAlive {
  private readonly buying: Buying;
  private readonly life: Life;
  private readonly split: number;
  private readonly parameters: number;

  constructor(buying: Buying, life: Life) {
    this.buying = buying;
    this.life = life;
    this.split = buying.parameterNames.length;
    this.parameters = this.split + life.parameterNames.length;
  }

  /** Value, gradient and Hessian. */
  evaluate(states: States, parameters: readonly number[]): Evaluation {
    return evaluationOf(this.sums(states, parameters, recordSize(this.parameters)), this.parameters);
  }

  logLikelihood(states: States, parameters: readonly number[]): number {
    return this.sums(states, parameters, 1)[0]!;
  }

  pAlive(states: States, parameters: readonly number[]): Float64Array {
    const share = new Float64Array(states.length);
    this.eachRun(states, parameters, 1, (cumulated) => aliveShares(states, cumulated, share));
    return share;
  }

  private sums(states: States, parameters: readonly number[], size: number): Float64Array {
    const sum = new Float64Array(recordSize(this.parameters));
    this.eachRun(states, parameters, size, (cumulated) => {
      const customers = addStates(states, cumulated, sum);
      const constant = this.buying.constant(parameters.slice(0, this.split), cumulated.run.x);
      sum[0]! += customers * constant.value;
      constant.gradient.forEach((slope, i) => {
        sum[1 + i]! += customers * slope;
        for (let j = i; j < this.split; j++)
          sum[second(this.parameters, i, j)]! += customers * constant.hessian[i]![j]!;
      });
    });
    return sum;
  }

  private eachRun(
    states: States,
    parameters: readonly number[],
    size: number,
    use: (cumulated: Cumulated) => void,
  ): void {
    const { buying, life } = this;
    const [ofBuying, ofLife] = [parameters.slice(0, this.split), parameters.slice(this.split)];
    const runs = runsByPurchases(states);
    const days = Math.max(...runs.map((run) => run.lastDay));
    const points = (length: number, weeks: (point: number) => number, of: (weeks: number) => Term): Points =>
      new Points(length, size, (point) => {
        const [at, end] = [weeks(point), of(weeks(point))];
        return [buying.during(ofBuying, 0, at), buying.during(ofBuying, 1, at), end];
      });
    const most = mostPurchases(runs, days);
    const { first, weight, tau } = dayNodes(
      Math.min(buying.reach(ofBuying), life.reach(ofLife), FAR),
      life.density ? days : 0,
      (day) => (buying.steepness(ofBuying, most[day]!, day / 7) + life.steepness(ofLife, day / 7)) / 7,
    );
    const living = points(
      days + 1,
      (day) => day / 7,
      (weeks) => life.survival(ofLife, weeks),
    );
    const dying = points(
      tau.length,
      (node) => tau[node]!,
      (weeks) => life.density!(ofLife, weeks),
    );
    const atOnce =
      life.atOnce &&
      points(
        1,
        () => 0,
        () => life.atOnce!(ofLife),
      );
    const scale = new Float64Array(days + 1);
    const dead = new Float64Array((days + 1) * size);
    const rest = new Float64Array((days + 1) * size);
    for (const run of runs) {
      const { x, firstDay, lastDay } = run;
      for (let d = firstDay; d <= lastDay; d++) scale[d] = living.log(d, x);
      dead.fill(0, firstDay * size, (lastDay + 1) * size);
      for (let d = lastDay - 1; d >= firstDay && life.density; d--) {
        const o = d * size;
        const right = Math.exp(scale[d + 1]! - scale[d]!);
        for (let k = o; k < o + size; k++) dead[k] = right * dead[k + size]!;
        for (let j = first[d]!; j < first[d + 1]!; j++)
          dying.add(j, x, weight[j]! * Math.exp(dying.log(j, x) - scale[d]!), dead, o);
      }
      if (x === 0 && firstDay === 0) atOnce?.add(0, 0, Math.exp(atOnce.log(0, 0) - scale[0]!), dead, 0);
      for (let k = firstDay * size; k < (lastDay + 1) * size; k++) rest[k] = -dead[k]!;
      for (let d = firstDay; d <= lastDay; d++) living.add(d, x, 1, rest, d * size);
      use({ run, size, scale, dead, rest });
    }
  }
}

/** Weeks beyond which a singularity is as good as none. */
const FAR = 1e6;
