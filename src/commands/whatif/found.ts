import type { Decimal } from '../../base/decimal.ts';
import type { Fact, Json } from '../../data/report.ts';
import type { Scenario } from '../../data/what-if.ts';
import type { Found } from '../../report/found.ts';
import type { CustomerWorth, Tried } from '../../valuation/whatif/figures.ts';

/** Everything a what-if found, ready to be reported. Money in minor units. */
export interface WhatIf extends CustomerWorth, Pick<Found, 'warnings'> {
  readonly assumptions: Pick<Found['assumptions'], 'currency' | 'digits' | 'horizon'>;
  /** What was read, as the document has it. */
  readonly input: Json;
  readonly customers: number;
  /** What transactions tell besides, revenue in minor units; null of a survivor table. */
  readonly past: { readonly revenue: bigint; readonly acquired: number } | null;
  readonly methodology: { readonly [key: string]: Json };
  /** The models that value the customers, as the document has them. */
  readonly model: Json;
  /** What a person reads of what the figures stand on. */
  readonly basis: readonly Fact[];
  /** Value of a prospect as things are: the most that winning one may cost. */
  readonly prospect: bigint;
  /** Null where no cost of winning a customer is given; months null: never recovered within the horizon. */
  readonly payback: { readonly cost: Decimal; readonly months: string | null } | null;
  /** The scenarios, that of --set first where there is one. */
  readonly scenarios: readonly (Scenario & { readonly tried: Tried })[];
  readonly set: boolean;
  readonly tornado: readonly Tried[];
}
