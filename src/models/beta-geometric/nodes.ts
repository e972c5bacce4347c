/** E_p[f] as Σ weight · f(p), over the chances p to stop of customers who are still there. */
export interface ChanceNodes {
  readonly p: Float64Array;
  /** 1 − p, right where p is close to 1. */
  readonly stay: Float64Array;
  readonly weights: Float64Array;
}

/** Nodes where σ is 3 or less. Where few stop σ is larger and what is summed steeper: in proportion so many more. */
const BETA_NODES = 120;
/** Up to σ = 48, a = 0.0004; beyond it hardly anybody is not one who never stops, or at once. */
const MOST_TIMES = 16;
/** e^(−40) of a value is below the last digit. */
export const CUT = 40;

/** p ~ Beta(a, b): trapezoids in t, ln(p/(1−p)) = ln(a/b) + σ sinh t, σ² = 1/a + 1/b. */
export function betaNodes(a: number, b: number): ChanceNodes {
  const sigma = Math.sqrt(1 / a + 1 / b);
  const low = -Math.asinh(9 + CUT / (a * sigma));
  const high = Math.asinh(9 + CUT / (b * sigma));
  const count = Math.ceil(BETA_NODES * Math.min(MOST_TIMES, Math.max(1, sigma / 3)));
  const p = new Float64Array(count);
  const stay = new Float64Array(count);
  const weights = new Float64Array(count);
  let total = 0;
  for (let j = 0; j < count; j++) {
    const t = low + ((high - low) * (j + 0.5)) / count;
    const shift = sigma * Math.sinh(t);
    p[j] = 1 / (1 + (b / a) * Math.exp(-shift));
    stay[j] = 1 / (1 + (a / b) * Math.exp(shift));
    // ln of (1 − p) at the centre over 1 − p: the density of ln(p/(1−p)) is e^(a·shift − (a+b)·rise).
    const rise =
      shift > 0
        ? shift + Math.log1p((b / (a + b)) * Math.expm1(-shift))
        : Math.log1p((a / (a + b)) * Math.expm1(shift));
    weights[j] = Math.exp(a * shift - (a + b) * rise) * Math.cosh(t);
    total += weights[j]!;
  }
  return { p, stay, weights: weights.map((w) => w / total) };
}
