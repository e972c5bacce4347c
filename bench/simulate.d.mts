/** A log as CSV, and the page of the parameters that it was made by. */
export function simulated(seed: number): {
  readonly csv: string;
  readonly model: object;
  readonly kind: string;
  readonly customers: number;
  readonly weeks: number;
};
