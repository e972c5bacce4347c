import type { ListedCustomers } from '../../data/customer-columns.ts';
import type { Totals } from '../../data/customers.ts';
import type { Spread } from '../../data/equity/spread.ts';
import type { CustomerSource } from '../../report/customers.ts';
import type { Found } from '../../report/found.ts';
import type { Activity } from '../../valuation/activity.ts';
import type { ValuationNotes } from '../../valuation/found.ts';
import type { Frequencies } from '../../valuation/frequencies.ts';
import type { Differences } from '../../valuation/heterogeneity.ts';

/** Everything a valuation found. */
export interface Valuation extends Found, ValuationNotes {
  readonly totals: readonly Totals[];
  /** What the list tells of each customer besides. */
  readonly listed: ListedCustomers;
  readonly spread: Spread;
  /** Customers by repeat purchases, asked for only where they are looked at. */
  readonly frequencies: () => Frequencies;
  /** Customers by purchases and time since the last, likewise. */
  readonly activity: () => readonly Activity[];
  /** How customers differ by the fitted models. */
  readonly differences: Differences;
  /** Null for totals alone. */
  readonly customers: CustomerSource | null;
}
