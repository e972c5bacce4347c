import type { Fact, Json } from '../../data/report.ts';
import type { Found } from '../../report/found.ts';
import type { Brand } from './market.ts';

/** How the market is known: the name of the route, what it does in words, and what it was given. */
export interface RouteNote {
  readonly name: string;
  readonly words: string;
  readonly inputs: { readonly [key: string]: Json };
}

/** A market, ready to be reported. */
export interface MarketShares extends Pick<Found, 'warnings'> {
  readonly route: RouteNote;
  /** Our name among the brands; null where none of them is us. */
  readonly us: string | null;
  readonly brands: readonly Brand[];
  readonly currency: string | null;
  readonly digits: number;
  /** What the valuation of the brands stands on, as the document has it and as a person reads it. */
  readonly methodology: { readonly [key: string]: Json };
  readonly facts: readonly Fact[];
  readonly input: Json;
  readonly model: Json;
}
