/**
 * Seeded random numbers whose bytes are the same on every machine: only + − × ÷ and √ of float64, which IEEE 754 fixes.
 * Math.log and Math.exp may differ in the last bit between engines.
 */

/** Natural logarithm of a positive number: x = m 2^k with m in [0.75, 1.5), then the series of artanh. */
function ln(x) {
  let k = 0;
  let m = x;
  for (; m >= 1.5; k++) m /= 2;
  for (; m < 0.75; k--) m *= 2;
  const z = (m - 1) / (m + 1);
  let sum = 0;
  for (let n = 41, power = z * z; n >= 1; n -= 2) sum = 1 / n + power * sum;
  return 2 * z * sum + k * Math.LN2;
}

/** e^x: the series at x / 2^k, squared k times. */
function exp(x) {
  let k = 0;
  for (; Math.abs(x) > 0.5; k++) x /= 2;
  let sum = 1;
  for (let n = 18; n >= 1; n--) sum = 1 + (x / n) * sum;
  for (; k > 0; k--) sum *= sum;
  return sum;
}

/** Draws from one stream (mulberry32). */
export function randomOf(seed) {
  let state = seed;

  /** Uniform in (0, 1). */
  function uniform() {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  }

  /** A whole number from `from` to `to`. */
  const whole = (from, to) => from + Math.floor(uniform() * (to - from + 1));

  const exponential = (rate) => -ln(uniform()) / rate;

  /** Standard normal: Marsaglia's polar method. */
  function normal() {
    for (;;) {
      const [u, v] = [2 * uniform() - 1, 2 * uniform() - 1];
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * ln(s)) / s);
    }
  }

  /** Gamma with mean shape / rate: Marsaglia and Tsang (2000), with their boost below shape 1. */
  function gamma(shape, rate) {
    if (shape < 1) return gamma(shape + 1, rate) * exp(ln(uniform()) / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const root = 1 + x / Math.sqrt(9 * d);
      const v = root * root * root;
      if (v > 0 && ln(uniform()) < 0.5 * x * x + d - d * v + d * ln(v)) return (d * v) / rate;
    }
  }

  /** One of the items; weights sum to 1. */
  function pick(items, weights) {
    if (!weights) return items[whole(0, items.length - 1)];
    let left = uniform();
    for (const [index, weight] of weights.entries()) {
      left -= weight;
      if (left < 0) return items[index];
    }
    return items.at(-1);
  }

  return { uniform, whole, exponential, gamma, pick };
}
