import type { Term } from './term.ts';

/**
 * Records (records.ts) of a factor of the likelihood at points of time, for any number of purchases x: its logarithm and the
 * derivatives of that are linear in x, so that a record is quadratic in it and needs no logarithm once made.
 */
export class Points {
  private readonly size: number;
  private readonly value: readonly [Float64Array, Float64Array];
  private readonly records: readonly [Float64Array, Float64Array, Float64Array];

  /**
   * @param size figures in a record; 1: no derivatives
   * @param of at each point the part of buying for 0 and for 1 purchase, and that of life; they share no parameters
   */
  constructor(length: number, size: number, of: (point: number) => readonly [Term, Term, Term]) {
    const figures = (): Float64Array => new Float64Array(length * size);
    this.size = size;
    this.value = [new Float64Array(length), new Float64Array(length)];
    this.records = [figures(), figures(), figures()];
    for (let point = 0; point < length; point++) this.set(point, ...of(point));
  }

  private set(point: number, none: Term, one: Term, life: Term): void {
    const [r0, r1, r2] = this.records;
    const o = point * this.size;
    this.value[0][point] = none.value + life.value;
    this.value[1][point] = one.value - none.value;
    r0[o] = 1;
    if (this.size === 1) return;
    const split = none.gradient.length;
    const parameters = split + life.gradient.length;
    for (let i = 0; i < parameters; i++) {
      r0[o + 1 + i] = i < split ? none.gradient[i]! : life.gradient[i - split]!;
      if (i < split) r1[o + 1 + i] = one.gradient[i]! - none.gradient[i]!;
    }
    for (let i = 0, at = o + 1 + parameters; i < parameters; i++) {
      const [g, h] = [r0[o + 1 + i]!, r1[o + 1 + i]!];
      for (let j = i; j < parameters; j++, at++) {
        const [other, more] = [r0[o + 1 + j]!, r1[o + 1 + j]!];
        r0[at] = g * other;
        r1[at] = g * more + h * other;
        r2[at] = h * more;
        if (j < split) {
          r0[at]! += none.hessian[i]![j]!;
          r1[at]! += one.hessian[i]![j]! - none.hessian[i]![j]!;
        } else if (i >= split) r0[at]! += life.hessian[i - split]![j - split]!;
      }
    }
  }

  /** The logarithm of the factor. */
  log(point: number, x: number): number {
    return this.value[0][point]! + x * this.value[1][point]!;
  }

  /** Adds the record of a point, so many times, to one of `out` at o. */
  add(point: number, x: number, times: number, out: Float64Array, o: number): void {
    const [r0, r1, r2] = this.records;
    for (let k = 0, from = point * this.size; k < this.size; k++, from++)
      out[o + k]! += times * (r0[from]! + x * (r1[from]! + x * r2[from]!));
  }
}
