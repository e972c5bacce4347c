/** What a result depends on: plain values, and columns of numbers. */
export type Ground = string | number | boolean | null | undefined | readonly Ground[] | Int32Array | Float64Array;

/** Results that are kept with the data that they are of. */
export interface KeptFits {
  /**
   * The result of some work, or what was kept of it when it was done on the same grounds.
   * @param grounds all that the result depends on
   * @param work its result is plain data, which JSON gives back as it is; otherwise it is done each time
   */
  of<T>(what: string, grounds: readonly Ground[], work: () => T): T;
  /** A hash of grounds, each with its kind and length, so that no two lists of them are told alike. */
  digest(grounds: readonly Ground[]): string;
  /** Puts what is new in its place. */
  write(): void;
}
