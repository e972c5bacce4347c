import { DATE, DuckDBDateValue, DuckDBDecimalValue, VARCHAR } from '@duckdb/node-api';
import type { Audit, AuditPlan } from '../base/audit.ts';
import { type Day, isoOf } from '../base/calendar.ts';
import type { ContractPeriods, Contracts, ContractWorth } from '../base/contracts.ts';
import type { CustomerBlock, OneCustomer, Part, Population, Sighting, Totals } from '../base/customers.ts';
import { ClvError } from '../base/errors.ts';
import type { Holdout } from '../base/holdout.ts';
import type { AppraisalName, Appraised, Movement, Period, RollUpName } from '../base/movement.ts';
import type { Cells, Factors, Joint, SpendStates, States } from '../base/states.ts';
import type { Batch, ControlTotals, PlainFile } from '../base/transactions.ts';
import { CellsCollector, GroupsCollector, squareExponent } from './cells.ts';
import { readAppraised, readMovement } from './duckdb-appraisal.ts';
import { readAudit } from './duckdb-audit.ts';
import { bigints, dayOrNull, decimals, doubles, integers, joined, texts, textsIf, units } from './duckdb-columns.ts';
import { readContracts, writeWorth } from './duckdb-contract.ts';
import { readGroup, readSighting } from './duckdb-customer.ts';
import { writeFactors } from './duckdb-factors.ts';
import { plainRows } from './duckdb-files.ts';
import { readHoldout } from './duckdb-holdout.ts';
import { AMOUNT, checkCosts, checkMargins, createCosts, createRules, unmatchedLines } from './duckdb-inputs.ts';
import { DuckDBSession, type Row } from './duckdb-session.ts';
import { DuckDBTable } from './duckdb-table.ts';
import { JointCollector } from './joint.ts';
import type { Ledger, LoadPlan, RollUpPlan } from './ledger.ts';
import { ruleTables, withMargins } from './margins.ts';
import * as sql from './sql.ts';
import { appraisalOf, valuedOf, valuesOf } from './sql-appraisal.ts';
import { CONTRACT_ROWS } from './sql-contract.ts';
import { customerRow } from './sql-customer.ts';
import { customersByOccasion, occasions } from './sql-opportunity.ts';

/** The embedded ledger. */
export class DuckDBLedger implements Ledger {
  readonly #session: DuckDBSession;
  readonly #files: string[] = [];
  #parsed: DuckDBTable | null = null;
  #plan: LoadPlan | null = null;
  #unmatched: readonly number[] = [];
  #contracts = false;

  private constructor(session: DuckDBSession) {
    this.#session = session;
  }

  /** @param scratch a private directory that exists */
  static async open(scratch: string): Promise<DuckDBLedger> {
    return new DuckDBLedger(await DuckDBSession.open(scratch));
  }

  async handOver(file: PlainFile): Promise<void> {
    this.#files.push(plainRows(this.#session.link(file.path), file));
  }

  async append(batch: Batch): Promise<void> {
    this.#parsed ??= await DuckDBTable.create(this.#session, 'parsed', [
      ['customer_id', VARCHAR],
      ['day', DATE],
      ['amount', AMOUNT],
      ...batch.keys.map((_, i) => [`k${i}`, VARCHAR] as const),
    ]);
    this.#parsed.append(batch.length, (start, end) => [
      batch.customers.slice(start, end),
      batch.days.slice(start, end).map((day) => new DuckDBDateValue(day)),
      batch.amounts.slice(start, end).map((amount) => new DuckDBDecimalValue(amount, AMOUNT.width, AMOUNT.scale)),
      ...batch.keys.map((key) => key.slice(start, end)),
    ]);
  }

  get unmatchedRules(): readonly number[] {
    return this.#unmatched;
  }

  async load(plan: LoadPlan): Promise<ControlTotals> {
    this.#plan = plan;
    this.#parsed?.close();
    await this.#session.seal();
    const sources = [...this.#files, ...(this.#parsed ? ['SELECT * FROM parsed'] : [])];
    const rows = sources.join('\nUNION ALL ');
    const costs = await createCosts(this.#session, plan);
    this.#unmatched = await this.#total('days', rows, plan, costs);
    if (plan.openingMargin) await this.#total('opening_days', rows, { ...plan, margin: plan.openingMargin }, costs);
    if (costs) await checkCosts(this.#session, plan);
    if (this.#parsed) await this.#session.run('DROP TABLE parsed');
    return this.#controlTotals();
  }

  /** Makes a table of days, with margins where there are rules; the lines of rules that match nothing. */
  async #total(days: string, rows: string, plan: LoadPlan, costs: string | null): Promise<readonly number[]> {
    const { margin } = plan;
    const tables = ruleTables(margin, days);
    await createRules(this.#session, tables, margin);
    const priced = margin.rules ? withMargins(rows, margin, tables) : rows;
    await this.#create(days, sql.daysOf(sql.withSegments(priced, plan), plan, costs));
    if (!margin.rules) return [];
    await checkMargins(this.#session, rows, plan, tables, days);
    return unmatchedLines(this.#session, rows, tables);
  }

  async #controlTotals(): Promise<ControlTotals> {
    const [row] = await this.#session.rows(sql.CONTROL_TOTALS);
    return {
      records: Number(units(row!['records'])),
      amount: units(row!['amount']),
      days: units(row!['days']),
      idBytes: units(row!['id_bytes']),
      firstDay: dayOrNull(row!['first_day']),
      lastDay: dayOrNull(row!['last_day']),
    };
  }

  async rollUp(
    { asOf, spendFrom, fillMeans, opportunity, openingMargins = false }: RollUpPlan,
    name: RollUpName = 'customers',
  ): Promise<Population> {
    const session = this.#session;
    const [plan, table] = openingMargins
      ? [{ ...this.#plan!, margin: this.#plan!.openingMargin! }, 'opening_days']
      : [this.#plan!, 'days'];
    const days = (await session.rows(sql.DAYS)).map((row) => dayOrNull(row['day'])!);
    const day = asOf ?? days.at(-1)!;
    const at = dateLiteral(day);
    await this.#create('rolled', sql.rolledUp(plan, at, table));
    const target = fillMeans ? 'unfilled' : name;
    if (opportunity) {
      await this.#create('occasions', occasions(plan, opportunity, spendFrom, day));
      await this.#create(target, customersByOccasion(opportunity, spendFrom, day));
    } else {
      await this.#create('early_margins', sql.earlyMargins(plan, table));
      await this.#create(target, sql.customersOf(spendFrom, at));
    }
    if (fillMeans) await this.#create(name, sql.filledCustomers());
    const [all] = await session.rows(sql.ALL_CUSTOMERS);
    const [valued] = await session.rows(sql.valuedCustomers(name));
    const [late] = await session.rows(sql.afterAsOf(at));
    const [whole, mine] = [partOf(all!), partOf(valued!)];
    const first = dayOrNull(valued!['first_purchase']);
    const [early] = await session.rows(sql.firstPurchases(dateLiteral(first ?? day), name));
    await session.run('DROP TABLE rolled');
    await session.run(`DROP TABLE ${opportunity ? 'occasions' : 'early_margins'}`);
    return {
      asOf: day,
      valued: mine,
      withoutPurchase: {
        customers: whole.customers - mine.customers,
        records: whole.records - mine.records,
        amount: whole.amount - mine.amount,
      },
      afterAsOf: partOf(late!),
      firstPurchase: first,
      notPositive: Number(units(valued!['not_positive'])),
      segmentChanged: Number(units(valued!['changed'])),
      days,
      earlyFirst: Number(units(early!['early'])),
      nextFirst: Number(units(early!['next'])),
    };
  }

  async states(customers: RollUpName = 'customers'): Promise<{ states: States; cells: Cells }> {
    const [row] = await this.#session.rows(sql.largestMean(customers));
    const exponent = squareExponent(Number(row!['largest'] ?? 0));
    const [grouped, segmented] = [this.#plan!.fitBy.length > 0, this.#plan!.by.length > 0];
    const collected = new CellsCollector(sql.splitSegment);
    for await (const chunk of this.#session.chunks(sql.cellsOf(exponent, customers))) {
      collected.add({
        group: textsIf(grouped, chunk, 0),
        x: integers(chunk, 1),
        recency: integers(chunk, 2),
        age: integers(chunk, 3),
        segment: textsIf(segmented, chunk, 4),
        count: doubles(chunk, 5),
        spend: doubles(chunk, 6),
        purchases: integers(chunk, 7),
        squares: doubles(chunk, 8),
        filled: doubles(chunk, 9),
      });
    }
    return collected.finish(2 ** exponent);
  }

  async spendStates(customers: RollUpName = 'customers'): Promise<SpendStates> {
    const parts = { x: [] as Int32Array[], mean: [] as Float64Array[], count: [] as Float64Array[] };
    const groups = new GroupsCollector();
    const grouped = this.#plan!.fitBy.length > 0;
    let length = 0;
    for await (const chunk of this.#session.chunks(sql.spendStatesOf(customers))) {
      for (const [row, text] of textsIf(grouped, chunk, 0).entries()) groups.enter(text, length + row);
      parts.x.push(integers(chunk, 1));
      parts.mean.push(doubles(chunk, 2));
      parts.count.push(doubles(chunk, 3));
      length += chunk.rowCount;
    }
    return {
      length,
      ...groups.finish(length, sql.splitSegment),
      x: joined(parts.x, new Int32Array()),
      mean: joined(parts.mean, new Float64Array()),
      count: joined(parts.count, new Float64Array()),
    };
  }

  async joint(states: States, spend: SpendStates): Promise<Joint> {
    const found = new JointCollector(states, spend);
    for await (const chunk of this.#session.chunks(sql.JOINT)) {
      found.add({
        group: texts(chunk, 0),
        x: integers(chunk, 1),
        recency: integers(chunk, 2),
        age: integers(chunk, 3),
        purchases: integers(chunk, 4),
        mean: doubles(chunk, 5),
        count: doubles(chunk, 6),
      });
    }
    return found.finish();
  }

  async holdout(after: Day, until: Day): Promise<Holdout> {
    return readHoldout(this.#session, this.#plan!, after, until);
  }

  async value(factors: Factors, digits: number): Promise<void> {
    await writeFactors(this.#session, [factors]);
    await this.#create('valued', valuedOf(digits, factors.states.groups !== undefined));
    await this.#checkValued('customers', 'valued');
    await this.#session.run('DROP TABLE customers');
  }

  async appraise(
    customers: RollUpName,
    name: AppraisalName,
    valuations: readonly Factors[],
    digits: number,
  ): Promise<readonly Appraised[]> {
    const grouped = valuations[0]!.states.groups !== undefined;
    await writeFactors(this.#session, valuations);
    await this.#create(valuesOf(name), appraisalOf(customers, valuations.length, digits, grouped));
    await this.#checkValued(customers, valuesOf(name));
    return readAppraised(this.#session, name, valuations.length);
  }

  async movement(period: Period): Promise<Movement> {
    return readMovement(this.#session, this.#plan!, period);
  }

  /** Every customer must have found its factors: E501. */
  async #checkValued(customers: string, valued: string): Promise<void> {
    const [row] = await this.#session.rows(
      `SELECT (SELECT count(*) FROM ${customers}) AS before, (SELECT count(*) FROM ${valued}) AS after`,
    );
    if (row!['before'] === row!['after']) return;
    const values = { ledger: String(row!['after']), reader: String(row!['before']), what: 'valued customers' };
    throw new ClvError('E501', values);
  }

  async contracts(periods: ContractPeriods, asOf: Day): Promise<Contracts> {
    this.#contracts = true;
    return readContracts(this.#session, this.#plan!, periods, asOf);
  }

  async valueContracts(worth: ContractWorth): Promise<void> {
    await writeWorth(this.#session, worth);
  }

  async audit(plan: AuditPlan): Promise<Audit> {
    return readAudit(this.#session, this.#plan!, plan);
  }

  async totals(): Promise<readonly Totals[]> {
    const rows = await this.#session.rows(sql.TOTALS);
    return rows.map((row) => ({
      segment: sql.splitSegment(String(row['segment'])),
      customers: Number(units(row['n'])),
      revenue: units(row['revenue']),
      margin: units(row['margin']),
      clv: units(row['clv']),
    }));
  }

  async *customers(limit?: number): AsyncIterable<CustomerBlock> {
    const text = this.#contracts ? CONTRACT_ROWS : sql.CUSTOMER_ROWS;
    yield* this.#blocks(text + (limit === undefined ? '' : ` LIMIT ${limit}`));
  }

  async customer(id: string): Promise<OneCustomer | null> {
    for await (const block of this.#blocks(customerRow('$1'), [id]))
      return { block, group: sql.splitSegment(await readGroup(this.#session, id)) };
    return null;
  }

  async sighting(id: string, asOf: Day): Promise<Sighting> {
    return readSighting(this.#session, id, dateLiteral(asOf));
  }

  async *#blocks(text: string, values?: readonly string[]): AsyncIterable<CustomerBlock> {
    for await (const chunk of this.#session.chunks(text, values)) {
      const segments = this.#plan!.by.length > 0 ? texts(chunk, 1).map((text) => sql.splitSegment(text)) : [];
      yield {
        length: chunk.rowCount,
        id: texts(chunk, 0),
        segment: this.#plan!.by.map((_, i) => segments.map((tuple) => tuple[i]!)),
        firstPurchase: integers(chunk, 2),
        lastPurchase: integers(chunk, 3),
        x: integers(chunk, 4),
        recency: integers(chunk, 5),
        age: integers(chunk, 6),
        revenue: decimals(chunk, 7),
        margin: decimals(chunk, 8),
        mean: doubles(chunk, 9),
        pAlive: doubles(chunk, 10),
        expectedMargin: doubles(chunk, 11),
        dert: doubles(chunk, 12),
        clv: bigints(chunk, 13),
        ...(this.#contracts ? { tenure: integers(chunk, 14) } : { spend: decimals(chunk, 14) }),
      };
    }
  }

  async #create(table: string, select: string): Promise<void> {
    await this.#session.run(`CREATE OR REPLACE TABLE ${table} AS ${select}`);
  }

  interrupt(): void {
    this.#session.interrupt();
  }

  async close(): Promise<void> {
    this.#session.close();
  }
}

function partOf(row: Row): Part {
  return { customers: Number(units(row['n'])), records: Number(units(row['records'])), amount: units(row['amount']) };
}

function dateLiteral(day: Day): string {
  return `CAST('${isoOf(day)}' AS DATE)`;
}
