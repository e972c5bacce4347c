/** The seed of every interval, so that a report can be made again. */
export const SEED = 20_240_601;

/** Uniform numbers in [0, 1) from a seed, the same on every machine: sfc32 (C. Doty-Humphrey, PractRand). */
export function uniform(seed: number): () => number {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed | 0];
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}
