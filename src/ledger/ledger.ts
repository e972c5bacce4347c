import type { Day } from '../base/calendar.ts';
import type { Decimal } from '../base/decimal.ts';
import type { MarginKind } from '../base/money.ts';
import type { Audit, AuditPlan } from '../data/audit.ts';
import type { ContractPeriods, Contracts, ContractWorth } from '../data/contracts.ts';
import type { CustomerBlock, OneCustomer, Population, Sighting, Totals } from '../data/customers.ts';
import type { Holdout } from '../data/holdout.ts';
import type { IdFindings, IdKind } from '../data/ids.ts';
import type { AppraisalName, Appraised, Movement, Period, RollUpName } from '../data/movement.ts';
import type { Opportunity } from '../data/opportunity.ts';
import type { RemoteTable } from '../data/remote-table.ts';
import type { Bytes, Column, Section } from '../data/report.ts';
import type { Cells, Factors, Joint, SpendStates, States } from '../data/states.ts';
import type { ControlTotals, SegmentFrom, TransactionSink } from '../data/transactions.ts';

/** A row of a margins table as a ledger joins it: values of the key columns (null: any), and a period, inclusive. */
export interface MarginRule {
  readonly line: number;
  readonly keys: readonly (string | null)[];
  readonly kind: MarginKind;
  /** The rate, or the cost in currency units. */
  readonly value: Decimal;
  readonly from: Day | null;
  readonly to: Day | null;
}

/** How a row's margin follows from its amount. Keys index `LoadPlan.keys`; -1 is the customer id. */
export interface MarginPlan {
  /** For rows that match no rule: a rate, or null where every row must match. */
  readonly rate: Decimal | null;
  readonly rules: {
    /** The file they come from, for errors. */
    readonly file: string;
    readonly columns: readonly number[];
    readonly rows: readonly MarginRule[];
  } | null;
}

/** Lines of a margins file that no transaction matched. */
export interface UnmatchedRules {
  readonly file: string;
  readonly lines: readonly number[];
}

/** A cost on a day of a customer, in units of 10^-4. */
export interface Cost {
  readonly customer: string;
  readonly day: Day;
  readonly cost: bigint;
}

/** What a ledger is to make of the rows it was given. */
export interface LoadPlan {
  /** Key columns of the rows, in the order in which files and batches carry them. */
  readonly keys: readonly string[];
  /** Positions in `keys` of the segment columns. */
  readonly by: readonly number[];
  /** The transaction whose day tells the segment of a customer: the first, or the last up to the as-of date (when absent). */
  readonly segmentFrom?: SegmentFrom;
  /** Positions in `keys` of the columns that models are fitted by. */
  readonly fitBy: readonly number[];
  /** Whether the sales of a day are counted one by one, as payments are. */
  readonly sales?: boolean;
  /** Whether the rows below zero are summed apart, for `audit`. */
  readonly refunds?: boolean;
  readonly margin: MarginPlan;
  /** Other margins, for roll-ups with `openingMargins`. */
  readonly openingMargin?: MarginPlan | null;
  readonly costs: { readonly file: string; readonly rows: readonly Cost[] } | null;
}

/** How customers are rolled up. */
export interface RollUpPlan {
  /** The last day that counts; null: the last day there is. */
  readonly asOf: Day | null;
  /** Which purchases the mean margin is taken over. */
  readonly spendFrom: 'repeat' | 'all';
  /** Customers without such purchases take the mean of their segment's (exact: margin over purchases). */
  readonly fillMeans: boolean;
  /** Count purchases by occasions on a calendar grid, for BG/BB; absent: by days. */
  readonly opportunity?: Opportunity | null;
  /** Take the margins of `LoadPlan.openingMargin`. */
  readonly openingMargins?: boolean;
  /** Nothing but these customers is asked for from here on: the days need not be kept. */
  readonly last?: boolean;
}

/** Transactions, customers and money in a store that speaks SQL. Methods are called in this order. */
export interface Ledger extends TransactionSink {
  /**
   * Reads what was handed over, applies margins and costs, and totals it by customer and day.
   * @returns its own control totals, to be held against the reader's
   * @throws ClvError E251 rows without a margin, E252 two equally specific margins, E257 costs of unknown customers
   */
  load(plan: LoadPlan): Promise<ControlTotals>;
  /** Lines of margins files that no transaction matched; no file of which all do. */
  readonly unmatchedRules: readonly UnmatchedRules[];
  /** What the ids of the customers show, of the kinds that are asked for. After `load`, before a roll-up that is the last. */
  ids(kinds: ReadonlySet<IdKind>): Promise<IdFindings>;
  /** Customers with transactions up to a day, none of which is a purchase. After `load`, before a roll-up that is the last. */
  withoutPurchase(asOf: Day): Promise<readonly string[]>;
  /** @param name the roll-up that is made, or made anew */
  rollUp(plan: RollUpPlan, name?: RollUpName): Promise<Population>;
  /** What is known of an id, before any value. */
  sighting(id: string, asOf: Day): Promise<Sighting>;
  /** The distinct states, and the customers of each by segment. */
  states(customers?: RollUpName): Promise<{ readonly states: States; readonly cells: Cells }>;
  spendStates(customers?: RollUpName): Promise<SpendStates>;
  /** Distinct customers, as indices of the states and spend states above. Before `value`. */
  joint(states: States, spend: SpendStates): Promise<Joint>;
  /** What the rolled-up customers did after the as-of date `after`, up to `until`, inclusive. Before `value`. */
  holdout(after: Day, until: Day): Promise<Holdout>;
  /** Values every customer, rounded once, half-even, to 10^-digits. */
  value(factors: Factors, digits: number): Promise<void>;
  /**
   * Values every customer of a roll-up by each of some factors of its states, rounded as `value` does, and keeps the values.
   * @returns their sums by segment, in the order of their names
   */
  appraise(
    customers: RollUpName,
    name: AppraisalName,
    valuations: readonly Factors[],
    digits: number,
  ): Promise<readonly Appraised[]>;
  /**
   * What happened between the appraisals `opening`, of four values, and `closing` and `repriced`, of two each.
   * @param openingMargins whether the opening has the margins of `LoadPlan.openingMargin`
   */
  movement(period: Period, openingMargins?: boolean): Promise<Movement>;
  /** The payments of the rolled-up customers as subscriptions; instead of states and `value`. */
  contracts(periods: ContractPeriods, asOf: Day): Promise<Contracts>;
  /** Values every customer of the subscriptions by cell. */
  valueContracts(worth: ContractWorth): Promise<void>;
  /** Past profitability of every customer with a transaction up to the as-of date. After `rollUp`, and `value` if they have a CLV. */
  audit(plan: AuditPlan): Promise<Audit>;
  /** By segment, in the order of their names; one nameless row where there are no segment columns. */
  totals(): Promise<readonly Totals[]>;
  customers(limit?: number): AsyncIterable<CustomerBlock>;
  /**
   * The rows of `customers` as CSV, with the texts that the report has; null where the store cannot write them, or an id or a
   * segment needs quotes. @param counted purchases that the mean margin is taken over, less the repeat purchases
   */
  customersCsv(counted: 0 | 1, digits: number): Bytes;
  /** The rows of the list of customers as Parquet, under the names and by the kinds of these columns, money with so many decimals; null where the store cannot write it. */
  customersParquet(columns: readonly Column[], counted: 0 | 1, digits: number): Bytes;
  /** A short list of a report as Parquet; null where the store cannot write it. */
  listParquet(list: Section, digits: number): Bytes;
  /**
   * Keeps the valued customers in a table of the server, all at once. @param names of the columns of the list of customers
   * @throws ClvError E457, E458
   */
  keep(table: string, names: readonly string[], digits: number): Promise<void>;
  /** The valued customer of an id. */
  customer(id: string): Promise<OneCustomer | null>;
  /** Ends what is running, for good; the promise is of a ledger that is not in this process. */
  interrupt(): void | Promise<void>;
  close(): Promise<void>;
}

/** A ledger, and the table that it reads where no files are read into it. */
export interface Opened {
  readonly ledger: Ledger;
  readonly table: RemoteTable | null;
}
