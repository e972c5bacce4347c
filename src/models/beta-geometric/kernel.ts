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
  const count = nodes.p.length;
  const values = new Float64Array(phases);
  const rest = Float64Array.from({ length: count }, (_, i) => complement(nodes.p[i]!, nodes.stay[i]!, phases));
  for (let k = 0; k < grown.length; k++) {
    const w = grown[k]!;
    for (let i = 0; i < count; i++) {
      const weight = nodes.weights[i]!;
      if (phases === 1) {
        f[0]![k]! += weight * (n === null ? Math.exp(-rest[i]! * w) : Math.exp(-(n + 1) * Math.log1p(rest[i]! * w)));
        continue;
      }
      if (weight === 0) continue;
      const s = nodes.stay[i]! ** (1 / phases);
      const again = n === null ? s * w : (s * w) / (1 + w);
      const events = n === null ? again : (n + phases) * again;
      if (events < phases / 2 && (n === null || again < 0.5)) bySeries(n, phases, w, nodes.stay[i]!, values);
      else byRoots(n, phases, w, s, rest[i]!, values);
      for (let j = 0; j < phases; j++) f[j]![k]! += weight * values[j]!;
    }
  }
}

/** 1 − (1 − p)^(1/k), right where p is close to 0 or 1. */
function complement(p: number, stay: number, phases: number): number {
  if (phases === 1) return p;
  return p < 0.5 ? -Math.expm1(Math.log1p(-p) / phases) : 1 - stay ** (1 / phases);
}

function bySeries(n: number | null, phases: number, w: number, stay: number, values: Float64Array): void {
  const growth = n === null ? w : w / (1 + w);
  for (let j = 0; j < phases; j++) {
    const q = phases - j - 1;
    const N = n === null ? 0 : n + j + 1;
    let g = Math.exp(n === null ? -w : -N * Math.log1p(w));
    let [sum, there] = [0, 1];
    for (let i = 0; ; i++) {
      if (i >= q && (i - q) % phases === 0) {
        const term = g * there;
        sum += term;
        there *= stay;
        if (term <= 1e-17 * sum) break;
      }
      g *= ((n === null ? 1 : N + i) / (i + 1)) * growth;
    }
    values[j] = sum;
  }
}

function byRoots(n: number | null, phases: number, w: number, s: number, rest: number, values: Float64Array): void {
  values.fill(0);
  let first = 0;
  for (let m = 0; 2 * m <= phases; m++) {
    const angle = (2 * Math.PI * m) / phases;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    // 1 + (1 − sω^m)w, less 1; as a logarithm for powers.
    const real = m === 0 ? rest * w : (rest + s * (1 - cos)) * w;
    const imaginary = -s * sin * w;
    const size = n === null ? real : m === 0 ? Math.log1p(real) : 0.5 * Math.log((1 + real) ** 2 + imaginary ** 2);
    const turn = n === null ? imaginary : m === 0 ? 0 : Math.atan2(imaginary, 1 + real);
    const power = n === null ? 1 : n + 1;
    const value = Math.exp(-power * size);
    if (m === 0) first = value;
    else if (value < 1e-18 * first) continue;
    const twice = m === 0 || 2 * m === phases ? 1 : 2;
    const fall = n === null ? 1 : Math.exp(-size);
    const step = n === null ? 0 : turn;
    for (let j = 0, shrunk = value * twice; j < phases; j++, shrunk *= fall)
      values[j]! += shrunk * Math.cos(-power * turn - j * step - angle * (phases - j - 1));
  }
  for (let j = 0; j < phases; j++) values[j]! *= s ** -(phases - j - 1) / phases;
}
