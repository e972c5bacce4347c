import type { Day } from '../base/calendar.ts';
import type { Book } from '../data/books/book.ts';
import type { Ground, KeptFits } from '../data/books/kept-fits.ts';
import type { ListedCustomers } from '../data/customer-columns.ts';
import type { CustomerBlock, DailyPurchases, Population, Totals } from '../data/customers.ts';
import type { Holdout } from '../data/holdout.ts';
import { anew } from '../data/lists.ts';
import type { RollUpName } from '../data/movement.ts';
import type { Origin } from '../data/origin.ts';
import type { RemoteTable } from '../data/remote-table.ts';
import type { Cells, Factors, Gaps, SpendStates, States } from '../data/states.ts';
import type { Batch, LedgerTotals, PlainFile, TransactionSink } from '../data/transactions.ts';
import type { Exports } from './exports.ts';
import type { ColumnsBeside } from './kept-columns.ts';
import { digestOf } from './kept-fits.ts';
import type { LoadPlan, RollUpPlan, UnmatchedRules } from './plan.ts';
import { RollUps } from './roll-ups.ts';
import { complete, readCustomers, readTotals } from './steps/customers.ts';
import { type KeyedRows, loadDays } from './steps/days.ts';
import { writeValues } from './steps/value.ts';
import type { Loaded, Store } from './store.ts';

/** How transactions come into a store. */
export interface Intake extends TransactionSink {
  /** All of them `customer_id, day, amount, k0 …`, as they stand after FROM; nothing comes in any more. */
  rows(plan: LoadPlan): Promise<string>;
  /** The same transactions by whole numbers in place of ids, where they have them: customers are told apart by those in half the time. */
  keyed?(plan: LoadPlan): KeyedRows | null;
  /** Of a book: the customers of a close, `customer_id, clv`, as they stand after FROM. */
  closed?(number: number): string;
  /** Of a book: what tells its transactions that count from all others. */
  identity?(): readonly Ground[];
  /** The transactions are not read again. */
  done(): Promise<void>;
}

/** What is kept beside a book. */
export interface KeptBeside {
  readonly fits: KeptFits;
  readonly columns: ColumnsBeside;
}

/**
 * Transactions, customers and money, whatever store they are kept in: what every valuation asks for, in the order of the methods.
 * What a single command asks for besides is a function in `steps/` over what was loaded.
 */
export class Ledger implements TransactionSink {
  /** What the store writes of the valued customers itself. */
  readonly exports: Exports;
  /** What was fitted to these data before, of a book that keeps it. */
  readonly fits: KeptFits | null;
  readonly #columns: ColumnsBeside | null;
  readonly #store: Store;
  readonly #intake: Intake;
  #loaded: Loaded | null = null;
  #unmatched: readonly UnmatchedRules[] = [];
  #rollUps: RollUps | null = null;
  #totals: readonly Totals[] | null = null;

  /** @param kept what is kept beside a book */
  constructor(store: Store, intake: Intake, exports: Exports, kept: KeptBeside | null = null) {
    this.#store = store;
    this.#intake = intake;
    this.exports = exports;
    this.fits = kept?.fits ?? null;
    this.#columns = kept?.columns ?? null;
  }

  async handOver(file: PlainFile): Promise<void> {
    await this.#intake.handOver(file);
  }

  async append(batch: Batch): Promise<void> {
    await this.#intake.append(batch);
  }

  async forget(): Promise<void> {
    await this.#intake.forget();
  }

  /**
   * Reads what was handed over, applies margins and costs, and totals it by customer and day.
   * @returns its own control totals, to be held against the reader's
   * @throws ClvError E251 rows without a margin, E252 two equally specific margins, E257 costs of unknown customers
   */
  async load(plan: LoadPlan): Promise<LedgerTotals> {
    const rows = await this.#intake.rows(plan);
    const keyed = this.#intake.keyed?.(plan) ?? null;
    const { totals, unmatched, ...found } = await loadDays(this.#store, plan, rows, keyed);
    await this.#intake.done();
    const closed = this.#intake.closed?.bind(this.#intake);
    const columns = found.summed === null ? null : this.#columns;
    const known = [this.#intake.identity?.() ?? [], plan.margin.rate?.toFixed()];
    this.#loaded = {
      ...{ store: this.#store, plan, ...found, largestMeans: new Map() },
      kept: async (grounds, read) => (columns ? columns.of(digestOf([...known, ...grounds]), read) : read()),
      ...(closed && { closed }),
    };
    this.#rollUps = new RollUps(this.#loaded);
    this.#unmatched = unmatched;
    return totals;
  }

  /** Lines of margins files that no transaction matched; no file of which all do. */
  get unmatchedRules(): readonly UnmatchedRules[] {
    return this.#unmatched;
  }

  /** What the functions of `steps/` work on. After `load`. */
  get loaded(): Loaded {
    if (!this.#loaded) throw new TypeError('nothing is loaded');
    return this.#loaded;
  }

  /** @param name the roll-up that is made, or made anew */
  async rollUp(plan: RollUpPlan, name: RollUpName = 'customers'): Promise<Population> {
    return this.#made.rollUp(plan, name);
  }

  /** The distinct states, and the customers of each by segment. */
  async states(customers: RollUpName = 'customers'): Promise<{ readonly states: States; readonly cells: Cells }> {
    return this.#made.states(customers);
  }

  async spendStates(customers: RollUpName = 'customers'): Promise<SpendStates> {
    return this.#made.spendStates(customers);
  }

  /** How many purchases came so many days after the one before; while there are days. */
  async gaps(customers: RollUpName = 'customers'): Promise<readonly Gaps[]> {
    return this.#made.gaps(customers);
  }

  /** What was bought by day, up to the as-of date of a roll-up; null where there are no customers. While there are days. */
  async daily(customers: RollUpName = 'customers'): Promise<DailyPurchases | null> {
    return this.#made.daily(customers);
  }

  /** What the customers, rolled up as of `after`, did from the next day to `until`. */
  async holdout(after: Day, until: Day): Promise<Holdout> {
    return this.#made.holdout(after, until);
  }

  /** What was known of the customers on some earlier days, and what they bought in so many days after each; while there are days. */
  async origins(origins: readonly Day[], days: number): Promise<readonly Origin[]> {
    return this.#made.origins(origins, days);
  }

  get #made(): RollUps {
    if (!this.#rollUps) throw new TypeError('nothing is loaded');
    return this.#rollUps;
  }

  /** Values every customer, rounded once, half-even, to 10^-digits. */
  async value(factors: Factors, digits: number): Promise<void> {
    this.#totals = await writeValues(this.loaded, factors, digits);
  }

  /** Sums of the valued customers by segment, in the order of their names; one nameless row where there are no segment columns. */
  async totals(): Promise<readonly Totals[]> {
    this.#totals ??= await readTotals(this.#store);
    return this.#totals;
  }

  /** The valued customers in the order in which they are printed. */
  customers(listed: ListedCustomers = {}): AsyncIterable<CustomerBlock> {
    return anew(() => {
      const blocks = readCustomers(this.loaded, listed);
      const totals = listed.chosen ? [listed.chosen] : this.#totals;
      return totals && listed.first === undefined ? complete(blocks, totals) : blocks;
    });
  }

  /** Ends what is running, for good; the promise is of a ledger that is not in this process. */
  interrupt(): void | Promise<void> {
    return this.#store.interrupt();
  }

  async close(): Promise<void> {
    this.fits?.write();
    await this.#store.close();
  }
}

/** A ledger, and the table or the book that it reads where no files are read into it. */
export interface Opened {
  readonly ledger: Ledger;
  readonly table: RemoteTable | null;
  readonly book: Book | null;
}
