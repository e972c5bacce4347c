import type { Population } from '../data/customers.ts';
import type { Input } from './input.ts';
import type { Assumptions } from './methodology.ts';

/** What a command has found, besides what it alone looks for: ready to be reported. */
export interface Found {
  readonly assumptions: Assumptions;
  readonly input: Input;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly population: Population;
}
