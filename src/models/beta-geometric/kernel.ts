import type { ChanceNodes } from './nodes.ts';

/** What is known of customers of one x. */
export interface ToCome {
  /** Null where the rate is the same for all. */
  readonly n: number | null;
  readonly phases: number;
  readonly nodes: ChanceNodes;
  /** E[1/p]. */
  readonly lifetime: number;
}

/**
 * How purchases to come fall off. A customer in phase j makes its next purchases after k − j, 2k − j, … events, and is there for
 * the i-th of them with chance (1−p)^(i−1). With w the time in units of c, q = k − j − 1, N = n + j + 1, s = (1−p)^(1/k):
 *   F_j(w) = E_p[Σ_i (1−p)^i g_{q+ik}(w)],  g_i(w) = Γ(N+i)/(Γ(N) i!) w^i (1+w)^−(N+i), or w^i/i! e^−w at one rate for all,
 * which is the part of a power series in s whose exponents leave q when divided by k; in roots of unity ω = e^(2πi/k)
 *   F_j(w) = E_p[s^−q/k Σ_{m<k} ω^(−mq) (1 + (1 − sω^m)w)^−N], or e^(−(1 − sω^m)w) in place of the power.
 * The sum over i is taken where the other one cancels: few events, or hardly anybody who stays.
 */
export function writeKernel(known: ToCome, grown: Float64Array, f: readonly Float64Array[]): void {
  const { n, phases, nodes } = known;
  const { p, stay, weights } = nodes;
  if (phases === 1) {
    for (let k = 0; k < grown.length; k++)
      for (let i = 0; i < p.length; i++) {
        const w = grown[k]!;
        f[0]![k]! += weights[i]! * (n === null ? Math.exp(-p[i]! * w) : Math.exp(-(n + 1) * Math.log1p(p[i]! * w)));
      }
    return;
  }
  const values = new Float64Array(phases);
  const roots = rootsOf(phases);
  const s = stay.map((one) => one ** (1 / phases));
  const rest = p.map((one, i) => (one < 0.5 ? -Math.expm1(Math.log1p(-one) / phases) : 1 - s[i]!));
  for (let k = 0; k < grown.length; k++) {
    const w = grown[k]!;
    for (let i = 0; i < p.length; i++) {
      const weight = weights[i]!;
      if (weight === 0) continue;
      const again = n === null ? s[i]! * w : (s[i]! * w) / (1 + w);
      const events = n === null ? again : (n + phases) * again;
      if (events < phases / 2 && (n === null || again < 0.5)) bySeries(n, phases, w, stay[i]!, values);
      else byRoots(n, roots, w, s[i]!, rest[i]!, values);
      for (let j = 0; j < phases; j++) f[j]![k]! += weight * values[j]!;
    }
  }
}

function bySeries(n: number | null, phases: number, w: number, stay: number, values: Float64Array): void {
  const growth = n === null ? w : w / (1 + w);
  const logFall = Math.log1p(w);
  for (let j = 0; j < phases; j++) {
    const q = phases - j - 1;
    const N = n === null ? 0 : n + j + 1;
    let g = Math.exp(n === null ? -w : -N * logFall);
    let [sum, there] = [0, 1];
    for (let i = 0, next = q; ; i++) {
      if (i === next) {
        const term = g * there;
        sum += term;
        there *= stay;
        next += phases;
        if (term <= 1e-17 * sum) break;
      }
      g *= ((n === null ? 1 : N + i) / (i + 1)) * growth;
    }
    values[j] = sum;
  }
}

/** The roots of unity whose imaginary part is not below 0: ω^m, its angle, and whether it stands for its conjugate too. */
interface Root {
  readonly angle: number;
  readonly cos: number;
  readonly sin: number;
  readonly times: 1 | 2;
}

function rootsOf(phases: number): readonly Root[] {
  return Array.from({ length: Math.floor(phases / 2) + 1 }, (_, m) => {
    const angle = (2 * Math.PI * m) / phases;
    if (m === 0) return { angle, cos: 1, sin: 0, times: 1 };
    if (2 * m === phases) return { angle, cos: -1, sin: 0, times: 1 };
    return { angle, cos: Math.cos(angle), sin: Math.sin(angle), times: 2 };
  });
}

function byRoots(n: number | null, roots: readonly Root[], w: number, s: number, rest: number, values: Float64Array) {
  const phases = values.length;
  const power = n === null ? 1 : n + 1;
  values.fill(0);
  let first = 0;
  for (const { angle, cos, sin, times } of roots) {
    // 1 + (1 − sω^m)w, less 1; for powers as a logarithm.
    const real = (rest + s * (1 - cos)) * w;
    const imaginary = -s * sin * w;
    let [size, turn] = [real, imaginary];
    if (n !== null) {
      size = sin === 0 ? Math.log1p(real) : 0.5 * Math.log((1 + real) ** 2 + imaginary ** 2);
      turn = sin === 0 ? 0 : Math.atan2(imaginary, 1 + real);
    }
    const value = times * Math.exp(-power * size);
    if (cos === 1) first = value;
    else if (value < 1e-18 * first) continue;
    const fall = n === null ? 1 : Math.exp(-size);
    if (sin === 0) {
      // ω^m is 1, or for an even k −1, which to the power of −q is −1 in phase 0.
      for (let j = 0, shrunk = value * cos; j < phases; j++, shrunk *= fall * cos) values[j]! += shrunk;
      continue;
    }
    const step = n === null ? 0 : turn;
    for (let j = 0, shrunk = value; j < phases; j++, shrunk *= fall)
      values[j]! += shrunk * Math.cos(-power * turn - j * step - angle * (phases - j - 1));
  }
  for (let j = phases - 1, scale = 1 / phases; j >= 0; j--, scale /= s) values[j]! *= scale;
}
