/** Uniform numbers in (0, 1) from a seed: mulberry32 (T. Ettinger). */
function uniform(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

/** Gamma(shape, 1) by Marsaglia & Tsang 2000; a shape below 1 by that of one more and a power. */
function gamma(random, shape) {
  if (shape < 1) return gamma(random, shape + 1) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(random()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Pareto/NBD in weeks: who buys and stops slowly, so that its end is hardly seen, and who does fast, as the CDNOW sample. */
const KINDS = {
  slow: { r: 1.92, alpha: 136, s: 0.63, beta: 768 },
  fast: { r: 0.5533, alpha: 10.578, s: 0.6062, beta: 11.669 },
};
/** Gamma–gamma of the CDNOW sample. */
const SPEND = { p: 6.25, q: 3.744, gamma: 15.44 };

/**
 * A log of 300 to 2,500 customers over 80 to 160 weeks from a seed, odd ones slow and even ones fast, with the parameters that it
 * was made by. First purchases come in the first half of it.
 */
export function simulated(seed) {
  const random = uniform(seed * 7919);
  const kind = seed % 2 === 1 ? 'slow' : 'fast';
  const { r, alpha, s, beta } = KINDS[kind];
  const customers = 300 + Math.floor(2201 * random());
  const weeks = 80 + Math.floor(81 * random());
  const last = 7 * weeks;
  const rows = ['customer,date,amount'];
  for (let customer = 1; customer <= customers; customer++) {
    const rate = gamma(random, r) / alpha / 7;
    const life = (-Math.log(random()) / (gamma(random, s) / beta)) * 7;
    const scale = gamma(random, SPEND.q) / SPEND.gamma;
    const first = (random() * last) / 2;
    for (let t = 0; first + t < last && t < life; t -= Math.log(random()) / rate) {
      const day = new Date(Date.UTC(2021, 0, 1 + Math.floor(first + t))).toISOString().slice(0, 10);
      rows.push(`${customer},${day},${Math.max(0.01, gamma(random, SPEND.p) / scale).toFixed(2)}`);
    }
  }
  const model = {
    ...{ name: 'pareto-nbd', time_unit: 'week', parameters: KINDS[kind] },
    spend: { name: 'gamma-gamma', spend_from: 'all', parameters: SPEND },
  };
  return { csv: `${rows.join('\n')}\n`, model, kind, customers, weeks };
}
