/** Parameters by name, as a model file gives them; the covariance only where it was saved with them. */
export interface SavedParameters {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, number>;
  /** In the order of `parameters`. */
  readonly covariance: readonly (readonly number[])[] | null;
}

export interface SavedModel extends SavedParameters {
  /** The file it was read from. */
  readonly file: string;
  readonly spend: SavedParameters;
  /** The factors of the months of its clock, January first; null where it runs on none. */
  readonly season: readonly number[] | null;
  /** The error of the model τ that was learned or given where it was fitted; null where the file has none of its own. */
  readonly modelError: number | null;
  /** Which purchases the mean margins were taken over, where the file says. */
  readonly spendFrom: 'repeat' | 'all' | null;
}
