import gammaln from '@stdlib/math-base-special-gammaln';
import { type ChanceNodes, CUT } from './nodes.ts';

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
 * Until the last purchase is forgotten E_p goes inside of the first sum, whose terms are few then; later the roots beside 1
 * hardly count. With one p the sum over i is taken where that over roots cancels: few events, or
 * hardly anybody who stays.
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
  const forgotten = forgottenAt(n, phases);
  // Events are negative binomial: a few times their mean, or for small n e^(−40) of a geometric tail.
  const reach = n === null ? 1 : n + phases + CUT;
  const there = momentsOf(nodes);
  const s = stay.map((one) => one ** (1 / phases));
  const rest = p.map((one, i) => (one < 0.5 ? -Math.expm1(Math.log1p(-one) / phases) : 1 - s[i]!));
  for (let k = 0; k < grown.length; k++) {
    const w = grown[k]!;
    if (!forgotten(w) && reach * w < EVENTS * phases) {
      values.fill(0);
      byEvents(n, w, there, values);
      for (let j = 0; j < phases; j++) f[j]![k] = values[j]!;
      continue;
    }
    let least = 0;
    for (let i = 0; i < p.length; i++) {
      const weight = weights[i]!;
      if (weight === 0) continue;
      const again = n === null ? s[i]! * w : (s[i]! * w) / (1 + w);
      const events = n === null ? again : (n + phases) * again;
      // All that it could add in any phase is below the last digit of what is there.
      const slight = ((1e-18 * least) / weight) * stay[i]!;
      if (events < phases / 2 && (n === null || again < 0.5)) bySeries(n, phases, w, stay[i]!, values);
      else if (!byRoots(n, roots, w, s[i]!, rest[i]!, slight, values)) {
        // p and with it what it adds lie beyond the last that counts; before the first nothing is slight.
        break;
      }
      least = Number.POSITIVE_INFINITY;
      for (let j = 0; j < phases; j++) {
        f[j]![k]! += weight * values[j]!;
        least = Math.min(least, f[j]![k]!);
      }
    }
  }
}

/** Whether, after so much of w, the root beside 1 is below e^(−40) even where nobody stops: the phase is forgotten. */
function forgottenAt(n: number | null, phases: number): (w: number) => boolean {
  const angle = (2 * Math.PI) / phases;
  const [fall, sin] = [1 - Math.cos(angle), Math.sin(angle)];
  if (n === null) return (w) => fall * w > CUT;
  return (w) => 0.5 * (n + 1) * Math.log((1 + fall * w) ** 2 + (sin * w) ** 2) > CUT;
}

/** Sums over events are longer than those over roots beyond so many of them a phase. */
const EVENTS = 1000;

/** E_p[(1−p)^i], a function of i. */
function momentsOf({ stay, weights }: ChanceNodes): (i: number) => number {
  const powers = weights.slice();
  const found: number[] = [];
  return (i) => {
    while (found.length <= i) {
      let sum = 0;
      for (let node = 0; node < powers.length; node++) {
        sum += powers[node]!;
        powers[node]! *= stay[node]!;
      }
      found.push(sum);
    }
    return found[i]!;
  };
}

/**
 * Adds Σ_m E_p[(1−p)^m] g_i(w), i = mk + k − 1 − j, to each phase j. Every i is one term, of one phase, where N + i = n + (m+1)k:
 *   g_i(w) = Γ(n + (m+1)k)/(Γ(n+j+1) i!) w^i (1+w)^−(n + (m+1)k),
 * so that each is made of the one before, up and down from the likeliest block of k.
 */
function byEvents(n: number | null, w: number, there: (i: number) => number, values: Float64Array): void {
  const k = values.length;
  const likeliest = Math.floor((n === null ? w : n * w) / k);
  const from = likeliest * k;
  const start =
    n === null
      ? from * Math.log(w) - w
      : gammaln(n + from + k) - gammaln(n + k) + from * Math.log(w) - (n + from + k) * Math.log1p(w);
  const first = Math.exp(start - gammaln(from + 1));
  /** From the last term of the block m, that of phase 0, to the first of the next. */
  const across = (m: number): number => {
    if (n === null) return w / ((m + 1) * k);
    const events = n + (m + 1) * k;
    let ratio = ((events + k - 1) / (1 + w)) * (w / ((m + 1) * k));
    for (let u = 0; u + 1 < k; u++) ratio *= (events + u) / ((n + 1 + u) * (1 + w));
    return ratio;
  };
  /** From the term i of phase j to the next one. */
  const within = (i: number, j: number): number => ((n === null ? 1 : n + j) * w) / (i + 1);
  let [total, g] = [0, first];
  for (let m = likeliest; ; m++) {
    const share = there(m);
    let block = 0;
    for (let j = k - 1, i = m * k; ; j--, i++) {
      values[j]! += g * share;
      block += g * share;
      if (j === 0) break;
      g *= within(i, j);
    }
    total += block;
    if (share === 0 || block <= 1e-17 * total) break;
    g *= across(m);
  }
  g = first;
  for (let m = likeliest - 1; m >= 0; m--) {
    const share = there(m);
    let block = 0;
    g /= across(m);
    for (let j = 0, i = (m + 1) * k - 1; ; j++, i--) {
      values[j]! += g * share;
      block += g;
      if (j === k - 1) break;
      g /= within(i - 1, j + 1);
    }
    total += block * share;
    // The share may rise from here to 1.
    if (block * m <= 1e-17 * total) break;
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

/** @param slight a value below which a root adds nothing @returns false where none adds anything */
function byRoots(
  n: number | null,
  roots: readonly Root[],
  w: number,
  s: number,
  rest: number,
  slight: number,
  values: Float64Array,
): boolean {
  const phases = values.length;
  const power = n === null ? 1 : n + 1;
  values.fill(0);
  let first = 0;
  for (const { angle, cos, sin, times } of roots) {
    // 1 + (1 − sω^m)w, less 1; for powers as a logarithm.
    const real = (rest + s * (1 - cos)) * w;
    const imaginary = -s * sin * w;
    let size = real;
    if (n !== null) size = sin === 0 ? Math.log1p(real) : 0.5 * Math.log((1 + real) ** 2 + imaginary ** 2);
    const value = times * Math.exp(-power * size);
    if (cos === 1) first = value;
    if (value <= Math.max(slight, 1e-18 * first)) break;
    const fall = n === null ? 1 : Math.exp(-size);
    if (sin === 0) {
      // ω^m is 1, or for an even k −1, which to the power of −q is −1 in phase 0.
      for (let j = 0, shrunk = value * cos; j < phases; j++, shrunk *= fall * cos) values[j]! += shrunk;
      continue;
    }
    const turn = n === null ? imaginary : Math.atan2(imaginary, 1 + real);
    const step = n === null ? 0 : turn;
    for (let j = 0, shrunk = value; j < phases; j++, shrunk *= fall)
      values[j]! += shrunk * Math.cos(-power * turn - j * step - angle * (phases - j - 1));
  }
  for (let j = phases - 1, scale = 1 / phases, grow = 1 / s; j >= 0; j--, scale *= grow) values[j]! *= scale;
  return first > slight;
}
