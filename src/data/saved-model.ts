import type { Opportunity } from './opportunity.ts';

/** Parameters by name, as a model file gives them; the covariance only where it was saved with them. */
export interface SavedParameters {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, number>;
  /** In the order of `parameters`. */
  readonly covariance: readonly (readonly number[])[] | null;
}

/** The models of a group of customers. */
interface SavedGroup {
  readonly name: readonly string[];
  /** Whether the group was too small for models of its own: these are those of all customers. */
  readonly pooled: boolean;
  readonly own: SavedModel;
  /** The model that was asked for, where this one is its limit. */
  readonly limitOf: string | null;
}

export interface SavedModel extends SavedParameters {
  /** The file it was read from. */
  readonly file: string;
  readonly spend: SavedParameters;
  /** The factors of the months of its clock, January first; null where it runs on none. */
  readonly season: readonly number[] | null;
  /** The error of the model τ that was learned or given where it was fitted; null where the file has none of its own. */
  readonly modelError: number | null;
  /** The occasions that the model counts; null: purchases at any time. */
  readonly opportunity: Opportunity | null;
  /** Which purchases the mean margins were taken over, where the file says. */
  readonly spendFrom: 'repeat' | 'all' | null;
  /** Where each group of customers has models of its own, of which the first are those above; none: these are of all customers. */
  readonly groups: readonly SavedGroup[];
}

/** The model of one fit of subscriptions, as a model file gives it. */
export interface SavedContract extends SavedParameters {
  /** The length of its terms, e.g. 1m. */
  readonly length: string;
  /** Values of the columns that models were fitted by. */
  readonly group: readonly string[];
  /** Days after the paid-until day that were late where it was fitted. */
  readonly grace: number;
  /** One rate a period for all, exact; null where the model says it by tenure. */
  readonly rate: string | null;
  /** The model that was asked for, where this one is its limit. */
  readonly limitOf: string | null;
  /** Parameters of that model inside the edge, as likely as the 95 % region allows. */
  readonly across: readonly (readonly number[])[];
}

/** What `--save-model` keeps of subscriptions. */
export interface SavedContracts {
  /** The file it was read from. */
  readonly file: string;
  /** The columns that models were fitted by. */
  readonly fitBy: readonly string[];
  readonly contracts: readonly SavedContract[];
  /** The error of the model τ that was learned or given where it was fitted; null where the file has none of its own. */
  readonly modelError: number | null;
}
