import { it } from 'vitest';
import { customerBounds } from '../src/engine/customers/bounds.ts';
import { factorsOf } from '../src/engine/factors.ts';
import { buyingModel } from '../src/models/registry.ts';
import { gammaGamma } from '../src/models/spend/gamma-gamma.ts';
import { gamma, uniform, statesOf } from './models/customers.ts';
import { deltaPerDay } from '../src/engine/discount.ts';
import { Decimal } from '../src/base/decimal.ts';

function sim(par: number[], sp: number[], weeks: number, size: number, delta: number, days: number|null, seed: number) {
  const random = uniform(seed);
  const [r, alpha, s, beta] = par as any; const [p, q, g] = sp as any;
  const H = days === null ? 5200 : days / 7;
  return Array.from({ length: size }, () => {
    const age = Math.floor(weeks * 7 * (1 - random() / 2));
    const rate = gamma(r, random) / alpha, life = -Math.log(random()) / (gamma(s, random) / beta);
    const nu = gamma(q, random) / g;
    const T = age / 7;
    let t = -Math.log(random()) / rate, x = 0, last = 0, sum = 0;
    const end = Math.min(T, life);
    while (t < end) { x++; last = t; sum += gamma(p, random) / nu; t += -Math.log(random()) / rate; }
    let pv = 0, n = 0;
    if (life > T) {
      t = T - Math.log(random()) / rate;
      while (t < Math.min(life, T + H)) { pv += Math.exp(-delta * 7 * (t - T)) * gamma(p, random) / nu; n++; t += -Math.log(random()) / rate; }
    }
    return { x, recency: x ? Math.min(age, Math.round(last * 7)) : 0, age, mean: x ? sum / x : 0, pv, n };
  });
}
const delta = deltaPerDay(new Decimal('0.1'));
for (const [name, par, sp, weeks, days] of [
  ['cdnow life', [.55, 10.58, .606, 11.67], [6.25, 3.74, 15.44], 52, null],
  ['cdnow 1y', [.55, 10.58, .606, 11.67], [6.25, 3.74, 15.44], 52, 365],
  ['slow', [1.92, 136, .63, 768], [2, 1.8, 30], 120, null],
  ['regular fast', [1.3, 2.8, .6, 30], [1.5, 4, 30], 104, null],
  ['regular fast 1y', [1.3, 2.8, .6, 30], [1.5, 4, 30], 104, 365],
  ['nearly nobody dies', [1.3, 10, .5, 500], [1.5, 4, 30], 104, 1096],
] as any) it(name, () => {
  const cs = sim(par, sp, weeks, 20000, delta, days, 7);
  const states = statesOf(cs);
  const window = { delta, days };
  const model = buyingModel('pareto-nbd')!;
  const factors = factorsOf(states, model, par, window, (n) => gammaGamma.credibility(n, sp), 'repeat');
  const valued: any = { states, model, fit: { parameters: par, covariance: null }, window, spendFrom: 'repeat', factors,
    spend: { fit: { parameters: sp, covariance: null }, law: (n: number) => gammaGamma.law(n, sp), credibility: gammaGamma.credibility } };
  const start = performance.now();
  const { prediction: { low, high } } = customerBounds(valued, null, 0);
  const took = performance.now() - start;
  const at = new Map(Array.from({ length: states.length }, (_, i) => [`${states.x[i]} ${states.recency[i]} ${states.age[i]}`, i]));
  const groups = new Map<string, number[]>();
  const add = (g: string, inside: number, below: number, above: number, est: number, pv: number) => { const e = groups.get(g) ?? [0,0,0,0,0,0]; e[0]!++; e[1]!+=inside; e[2]!+=below; e[3]!+=above; e[4]!+=est;e[5]!+=pv; groups.set(g, e); };
  for (const c of cs) {
    const i = at.get(`${c.x} ${c.recency} ${c.age}`)!;
    const unit = factors.spendBase[i]! + factors.spendMultiplier[i]! * c.mean;
    const [lo, hi] = [low[i]! * unit, high[i]! * unit];
    const r = [+(c.pv >= lo - 1e-9 && c.pv <= hi + 1e-9), +(c.pv < lo), +(c.pv > hi), factors.dert[i]! * unit, c.pv] as any;
    add('all', ...(r as [any,any,any,any,any]));
    add(`x${c.x === 0 ? '0' : c.x < 3 ? '1-2' : c.x < 10 ? '3-9' : c.x<30?'10-29':'30+'}`, ...(r as [any,any,any,any,any]));
    if (low[i]! > 0) add('two-sided', ...(r as [any,any,any,any,any]));
    else if (high[i]! > 0) add('one-sided', ...(r as [any,any,any,any,any])); else add('zero', ...(r as [any,any,any,any,any]));
  }
  console.log(name, states.length, took.toFixed(0) + 'ms');
  for (const [g, e] of [...groups].sort()) console.log(g.padEnd(10), e[0], (e[1]! / e[0]! * 100).toFixed(2), 'below', (e[2]! / e[0]! * 100).toFixed(2), 'above', (e[3]! / e[0]! * 100).toFixed(2), 'est/act', (e[4]!/e[5]!).toFixed(3));
});
