import type { Day } from '../base/calendar.ts';
import { ClvError } from '../base/errors.ts';
import type { Audit, AuditPlan } from '../data/audit.ts';
import type { ContractPeriods, Contracts, ContractWorth } from '../data/contracts.ts';
import type { CustomerBlock, OneCustomer, Population, Sighting, Totals } from '../data/customers.ts';
import type { Holdout } from '../data/holdout.ts';
import type { IdFindings, IdKind } from '../data/ids.ts';
import type { AppraisalName, Appraised, Movement, Period, RollUpName } from '../data/movement.ts';
import type { Bytes, Column, Section } from '../data/report.ts';
import type { Cells, Factors, Joint, SpendStates, States } from '../data/states.ts';
import type { Batch, ControlTotals, PlainFile, TransactionSink } from '../data/transactions.ts';
import { resultsOf } from './clickhouse/into/customer-rows.ts';
import { customerTexts, notPlain, printedCustomers } from './duckdb/customer-texts.ts';
import { customersParquet, listParquet } from './duckdb/parquet.ts';
import type { Ledger, LoadPlan, RollUpPlan, UnmatchedRules } from './ledger.ts';
import { readAudit } from './steps/audit.ts';
import { readContracts, writeWorth } from './steps/contracts.ts';
import { complete, readCustomer, readCustomers, readGroup, readSighting, readTotals } from './steps/customers.ts';
import { controlTotals, daysOf } from './steps/days.ts';
import { readHoldout } from './steps/holdout.ts';
import { readIds } from './steps/ids.ts';
import { checkCosts, checkMargins, createCosts, createRules, unmatchedLines } from './steps/margin-tables.ts';
import { ruleTables, withMargins } from './steps/margins.ts';
import { readMovement } from './steps/movement.ts';
import { rollUp } from './steps/roll-up.ts';
import { withoutPurchase } from './steps/roll-up-sql.ts';
import { dateLiteral, splitSegment } from './steps/sql.ts';
import { readJoint, readSpendStates, readStates } from './steps/states.ts';
import { appraisalOf, readAppraised, valuedOf, valuesOf, writeFactors } from './steps/value.ts';
import { count, type Store, totalsFrom } from './store.ts';

/** How transactions come into a store. */
export interface Intake extends TransactionSink {
  /** All of them `customer_id, day, amount, k0 …`, as they stand after FROM; nothing comes in any more. */
  rows(plan: LoadPlan): Promise<string>;
  /** Says that the transactions are not read again. */
  done(): Promise<void>;
}

/** The ledger, whatever store it is kept in. */
export class SqlLedger implements Ledger {
  readonly #store: Store;
  readonly #intake: Intake;
  #plan: LoadPlan | null = null;
  #unmatched: readonly UnmatchedRules[] = [];
  #contracts = false;
  #totals: readonly Totals[] | null = null;

  constructor(store: Store, intake: Intake) {
    this.#store = store;
    this.#intake = intake;
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

  get unmatchedRules(): readonly UnmatchedRules[] {
    return this.#unmatched;
  }

  async load(plan: LoadPlan): Promise<ControlTotals> {
    this.#plan = plan;
    const rows = await this.#intake.rows(plan);
    const costs = await createCosts(this.#store, plan);
    const { openingMargin } = plan;
    this.#unmatched = [
      ...(await this.#total('days', rows, plan, costs)),
      ...(openingMargin ? await this.#total('opening_days', rows, { ...plan, margin: openingMargin }, costs) : []),
    ];
    if (costs) await checkCosts(this.#store, plan);
    await this.#intake.done();
    const [row] = await this.#store.rows(controlTotals(this.#store.dialect));
    return totalsFrom(row!);
  }

  /** Makes a table of days, with margins where there are rules; those of them that match nothing. */
  async #total(days: string, rows: string, plan: LoadPlan, costs: string | null): Promise<readonly UnmatchedRules[]> {
    const { margin } = plan;
    const tables = ruleTables(margin, days);
    await createRules(this.#store, tables, margin);
    const priced = margin.rules ? withMargins(rows, margin, tables) : rows;
    await this.#store.create(days, daysOf(priced, plan, costs, this.#store.dialect));
    if (!margin.rules) return [];
    await checkMargins(this.#store, rows, plan, tables, days);
    const lines = await unmatchedLines(this.#store, rows, tables);
    return lines.length === 0 ? [] : [{ file: margin.rules.file, lines }];
  }

  async ids(kinds: ReadonlySet<IdKind>): Promise<IdFindings> {
    return readIds(this.#store, kinds);
  }

  async withoutPurchase(asOf: Day): Promise<readonly string[]> {
    const rows = await this.#store.rows(withoutPurchase(dateLiteral(asOf)));
    return rows.map((row) => String(row['customer_id']));
  }

  async rollUp(plan: RollUpPlan, name: RollUpName = 'customers'): Promise<Population> {
    return rollUp(this.#store, this.#plan!, plan, name);
  }

  async states(customers: RollUpName = 'customers'): Promise<{ states: States; cells: Cells }> {
    return readStates(this.#store, this.#plan!, customers);
  }

  async spendStates(customers: RollUpName = 'customers'): Promise<SpendStates> {
    return readSpendStates(this.#store, this.#plan!, customers);
  }

  async joint(states: States, spend: SpendStates): Promise<Joint> {
    return readJoint(this.#store, states, spend);
  }

  async holdout(after: Day, until: Day): Promise<Holdout> {
    return readHoldout(this.#store, this.#plan!, after, until);
  }

  async value(factors: Factors, digits: number): Promise<void> {
    await writeFactors(this.#store, [factors]);
    const { dialect } = this.#store;
    await this.#store.derive('valued', valuedOf(digits, factors.states.groups !== undefined, dialect));
    this.#totals = await readTotals(this.#store);
    await this.#checkValued('customers', customersIn(this.#totals));
  }

  async appraise(
    customers: RollUpName,
    name: AppraisalName,
    valuations: readonly Factors[],
    digits: number,
  ): Promise<readonly Appraised[]> {
    const grouped = valuations[0]!.states.groups !== undefined;
    await writeFactors(this.#store, valuations);
    await this.#store.create(
      valuesOf(name),
      appraisalOf(customers, valuations.length, digits, grouped, this.#store.dialect),
    );
    const appraised = await readAppraised(this.#store, name, valuations.length);
    await this.#checkValued(customers, customersIn(appraised));
    return appraised;
  }

  async movement(period: Period, openingMargins = false): Promise<Movement> {
    return readMovement(this.#store, this.#plan!, period, openingMargins);
  }

  /** Every customer must have found its factors: E501. */
  async #checkValued(customers: string, ledger: number): Promise<void> {
    const [row] = await this.#store.rows(`SELECT count(*) AS n FROM ${customers}`);
    const reader = count(row!['n']);
    if (reader !== ledger) throw new ClvError('E501', { reader, ledger, what: 'valued customers' });
  }

  async audit(plan: AuditPlan): Promise<Audit> {
    return readAudit(this.#store, this.#plan!, plan);
  }

  async contracts(periods: ContractPeriods, asOf: Day): Promise<Contracts> {
    this.#contracts = true;
    return readContracts(this.#store, this.#plan!, periods, asOf);
  }

  async valueContracts(worth: ContractWorth): Promise<void> {
    await writeWorth(this.#store, worth);
  }

  async totals(): Promise<readonly Totals[]> {
    this.#totals ??= await readTotals(this.#store);
    return this.#totals;
  }

  customers(limit?: number): AsyncIterable<CustomerBlock> {
    const blocks = readCustomers(this.#store, this.#plan!, { contracts: this.#contracts, limit });
    return this.#totals && limit === undefined ? complete(blocks, this.#totals) : blocks;
  }

  async customersCsv(counted: 0 | 1, digits: number): Bytes {
    const { csv } = this.#store;
    if (!csv) return null;
    const [row] = await this.#store.rows(notPlain(this.#plan!, this.#contracts ? 'valued' : 'customers'));
    if (count(row!['n']) > 0) return null;
    const texts = customerTexts(this.#plan!, { counted, digits, contracts: this.#contracts });
    return csv.call(this.#store, printedCustomers(texts));
  }

  async customersParquet(columns: readonly Column[], counted: 0 | 1, digits: number): Bytes {
    return customersParquet(this.#store, this.#plan!, columns, { counted, digits, contracts: this.#contracts });
  }

  async listParquet(list: Section, digits: number): Bytes {
    return listParquet(this.#store, list, digits);
  }

  async keep(table: string, names: readonly string[], digits: number): Promise<void> {
    if (!this.#store.keep) throw new TypeError('this store keeps no tables');
    const totals = await this.totals();
    const rows = customersIn(totals);
    const sum = totals.reduce((sum, one) => sum + one.clv, 0n);
    await this.#store.keep(table, names, resultsOf(this.#plan!, digits), { rows, sum });
  }

  async customer(id: string): Promise<OneCustomer | null> {
    const block = await readCustomer(this.#store, this.#plan!, id);
    return block && { block, group: splitSegment(await readGroup(this.#store, id)) };
  }

  async sighting(id: string, asOf: Day): Promise<Sighting> {
    return readSighting(this.#store, id, dateLiteral(asOf));
  }

  interrupt(): void | Promise<void> {
    return this.#store.interrupt();
  }

  async close(): Promise<void> {
    await this.#store.close();
  }
}

/** Customers of all segments. */
function customersIn(segments: readonly { readonly customers: number }[]): number {
  return segments.reduce((sum, one) => sum + one.customers, 0);
}
