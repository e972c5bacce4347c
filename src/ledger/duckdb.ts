import { DATE, DECIMAL, DOUBLE, DuckDBDateValue, DuckDBDecimalValue, INTEGER, VARCHAR } from '@duckdb/node-api';
import { type Day, isoOf, parseIsoDay } from '../base/calendar.ts';
import type { CustomerBlock, Population, Totals } from '../base/customers.ts';
import { ClvError } from '../base/errors.ts';
import { AMOUNT_SCALE, RATE_SCALE } from '../base/money.ts';
import type { Factors, SpendStates, States } from '../base/states.ts';
import type { Batch, ControlTotals, PlainFile } from '../base/transactions.ts';
import { bigints, dayOrNull, doubles, integers, joined, texts, units } from './duckdb-columns.ts';
import { plainRows } from './duckdb-files.ts';
import { DuckDBSession } from './duckdb-session.ts';
import { DuckDBTable } from './duckdb-table.ts';
import type { Ledger, LoadPlan, RollUpPlan } from './ledger.ts';
import { keyColumn, missingKeys, type RuleTable, ruleTables, tiedLines, withMargins } from './margins.ts';
import * as sql from './sql.ts';

const AMOUNT = DECIMAL(18, AMOUNT_SCALE);
const [FIRST_DAY, LAST_DAY] = [parseIsoDay('0001-01-01')!, parseIsoDay('9999-12-31')!];

/** The embedded ledger. */
export class DuckDBLedger implements Ledger {
  readonly #session: DuckDBSession;
  readonly #files: string[] = [];
  #parsed: DuckDBTable | null = null;
  #plan: LoadPlan | null = null;

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

  async load(plan: LoadPlan): Promise<ControlTotals> {
    this.#plan = plan;
    this.#parsed?.close();
    await this.#session.seal();
    const sources = [...this.#files, ...(this.#parsed ? ['SELECT * FROM parsed'] : [])];
    const rows = sources.join('\nUNION ALL ');
    const tables = ruleTables(plan.margin);
    for (const [i, table] of tables.entries()) await this.#createRules(i, table, plan);
    const costs = await this.#createCosts(plan);
    const priced = plan.margin.rules ? withMargins(rows, plan.margin, tables) : rows;
    const shaped = plan.by.length > 0 ? `SELECT *, ${sql.segmentOf(plan.by)} AS segment FROM (${priced}) AS p` : priced;
    await this.#create('days', sql.daysOf(shaped, plan, costs));
    if (plan.margin.rules) await this.#checkMargins(rows, plan, tables);
    if (costs) await this.#checkCosts();
    if (this.#parsed) await this.#session.run('DROP TABLE parsed');
    return this.#controlTotals();
  }

  async #controlTotals(): Promise<ControlTotals> {
    const [row] = await this.#session.rows(`SELECT sum(records) AS records, sum(revenue) AS amount,
      sum(records * (day - DATE '1970-01-01')) AS days, sum(records * strlen(customer_id)) AS id_bytes,
      min(CASE WHEN records > 0 THEN day END) AS first_day, max(CASE WHEN records > 0 THEN day END) AS last_day FROM days`);
    return {
      records: Number(units(row!['records'])),
      amount: units(row!['amount']),
      days: units(row!['days']),
      idBytes: units(row!['id_bytes']),
      firstDay: dayOrNull(row!['first_day']),
      lastDay: dayOrNull(row!['last_day']),
    };
  }

  async #createRules(index: number, table: RuleTable, plan: LoadPlan): Promise<void> {
    const value = plan.margin.rules!.kind === 'rate' ? DECIMAL(7, RATE_SCALE) : AMOUNT;
    const sink = await DuckDBTable.create(this.#session, `margins_${index}`, [
      ['line', INTEGER],
      ['starts', DATE],
      ['ends', DATE],
      ['value', value],
      ...table.keys.map((_, at) => [`v${at}`, VARCHAR] as const),
    ]);
    const { rows } = table;
    sink.append(rows.length, (start, end) => {
      const part = rows.slice(start, end);
      return [
        part.map((row) => row.rule.line),
        part.map((row) => new DuckDBDateValue(row.rule.from ?? FIRST_DAY)),
        part.map((row) => new DuckDBDateValue(row.rule.to ?? LAST_DAY)),
        part.map((row) => {
          const scaled = BigInt(row.rule.value.times(10 ** value.scale).toFixed(0));
          return new DuckDBDecimalValue(scaled, value.width, value.scale);
        }),
        ...table.keys.map((_, at) => part.map((row) => row.values[at]!)),
      ];
    });
    sink.close();
  }

  async #createCosts(plan: LoadPlan): Promise<string | null> {
    if (plan.costs.length === 0) return null;
    const sink = await DuckDBTable.create(this.#session, 'costs', [
      ['customer_id', VARCHAR],
      ['day', DATE],
      ['cost', AMOUNT],
    ]);
    sink.append(plan.costs.length, (start, end) => {
      const part = plan.costs.slice(start, end);
      return [
        part.map((row) => row.customer),
        part.map((row) => new DuckDBDateValue(row.day)),
        part.map((row) => new DuckDBDecimalValue(row.cost, AMOUNT.width, AMOUNT.scale)),
      ];
    });
    sink.close();
    return 'SELECT customer_id, day, cost FROM costs';
  }

  async #checkMargins(rows: string, plan: LoadPlan, tables: readonly RuleTable[]): Promise<void> {
    const [sums] = await this.#session.rows('SELECT sum(missing) AS missing, sum(tied) AS tied FROM days');
    if (units(sums!['tied']) > 0n) {
      const [tie] = await this.#session.rows(tiedLines(rows, tables));
      const lines = tables.flatMap((_, i) => (tie![`l${i}`] === null ? [] : [String(tie![`l${i}`])]));
      throw new ClvError('E252', { count: String(tie!['n']), lines: lines.join(', ') });
    }
    if (units(sums!['missing']) === 0n) return;
    const { columns } = plan.margin.rules!;
    const keys = await this.#session.rows(missingKeys(rows, columns, tables));
    const shown = keys
      .slice(0, 10)
      .map((row) => columns.map((key) => String(row[keyColumn(key)]) || '(blank)').join(' · '));
    throw new ClvError('E251', {
      count: keys.length,
      columns: columns.map((key) => (key < 0 ? 'customer' : plan.keys[key]!)).join(' · ') || 'the day',
      keys: shown.join('; ') + (keys.length > shown.length ? '; …' : ''),
    });
  }

  async #checkCosts(): Promise<void> {
    const rows = await this.#session.rows(`SELECT customer_id FROM days GROUP BY customer_id HAVING sum(records) = 0
      ORDER BY customer_id LIMIT 11`);
    if (rows.length === 0) return;
    const shown = rows.slice(0, 10).map((row) => String(row['customer_id']));
    throw new ClvError('E257', { customers: shown.join(', ') + (rows.length > shown.length ? ', …' : '') });
  }

  async rollUp({ asOf, spendFrom }: RollUpPlan): Promise<Population> {
    const plan = this.#plan!;
    const session = this.#session;
    const recent = await session.rows('SELECT day FROM days WHERE records > 0 GROUP BY day ORDER BY day DESC LIMIT 2');
    const lastDays = recent.map((row) => dayOrNull(row['day'])!);
    const day = asOf ?? lastDays[0]!;
    const at = dateLiteral(day);
    await this.#create('rolled', sql.rolledUp(plan, at));
    await this.#create('early_margins', sql.earlyMargins(plan));
    await this.#create('customers', sql.customersOf(spendFrom, at));
    const [all] = await session.rows(
      `SELECT count(*) AS n, sum(records) AS records, sum(revenue) AS amount FROM rolled`,
    );
    const [valued] = await session.rows(`SELECT count(*) AS n, sum(records) AS records, sum(revenue) AS amount,
      min(first_purchase) AS first_purchase, count(CASE WHEN x > 0 THEN 1 END) AS repeaters,
      count(CASE WHEN spend_purchases > 0 AND mean <= 0 THEN 1 END) AS not_positive, sum(segment_changed) AS changed FROM customers`);
    const [late] =
      await session.rows(`SELECT count(DISTINCT customer_id) AS n, sum(records) AS records, sum(revenue) AS amount
      FROM days WHERE day > ${at} AND records > 0`);
    const first = dayOrNull(valued!['first_purchase']);
    const start = dateLiteral(first ?? day);
    const [early] = await session.rows(`SELECT count(CASE WHEN first_purchase - ${start} < 28 THEN 1 END) AS a,
      count(CASE WHEN first_purchase - ${start} >= 28 AND first_purchase - ${start} < 84 THEN 1 END) AS b FROM customers`);
    await session.run('DROP TABLE rolled');
    await session.run('DROP TABLE early_margins');
    const part = (row: typeof all) => ({
      customers: Number(units(row!['n'])),
      records: Number(units(row!['records'])),
      amount: units(row!['amount']),
    });
    const [whole, mine] = [part(all), part(valued)];
    return {
      asOf: day,
      valued: mine,
      withoutPurchase: {
        customers: whole.customers - mine.customers,
        records: whole.records - mine.records,
        amount: whole.amount - mine.amount,
      },
      afterAsOf: part(late),
      firstPurchase: first,
      repeat: Number(units(valued!['repeaters'])),
      notPositive: Number(units(valued!['not_positive'])),
      segmentChanged: Number(units(valued!['changed'])),
      lastDays,
      earlyFirst: Number(units(early!['a'])),
      nextFirst: Number(units(early!['b'])),
    };
  }

  async states(): Promise<States> {
    const parts = {
      x: [] as Int32Array[],
      recency: [] as Int32Array[],
      age: [] as Int32Array[],
      count: [] as Float64Array[],
    };
    for await (const chunk of this.#session.chunks(sql.STATES)) {
      parts.x.push(integers(chunk, 0));
      parts.recency.push(integers(chunk, 1));
      parts.age.push(integers(chunk, 2));
      parts.count.push(doubles(chunk, 3));
    }
    const count = joined(parts.count, new Float64Array());
    const [x, recency, age] = [parts.x, parts.recency, parts.age].map((column) => joined(column, new Int32Array()));
    return { length: count.length, x: x!, recency: recency!, age: age!, count };
  }

  async spendStates(): Promise<SpendStates> {
    const parts = { x: [] as Int32Array[], mean: [] as Float64Array[], count: [] as Float64Array[] };
    for await (const chunk of this.#session.chunks(sql.SPEND_STATES)) {
      parts.x.push(integers(chunk, 0));
      parts.mean.push(doubles(chunk, 1));
      parts.count.push(doubles(chunk, 2));
    }
    const count = joined(parts.count, new Float64Array());
    return {
      length: count.length,
      x: joined(parts.x, new Int32Array()),
      mean: joined(parts.mean, new Float64Array()),
      count,
    };
  }

  async value(factors: Factors, digits: number): Promise<void> {
    const { states } = factors;
    const sink = await DuckDBTable.create(this.#session, 'factors', [
      ['x', INTEGER],
      ['recency', INTEGER],
      ['age', INTEGER],
      ['p_alive', DOUBLE],
      ['dert', DOUBLE],
      ['spend_base', DOUBLE],
      ['spend_multiplier', DOUBLE],
    ]);
    const columns = [
      states.x,
      states.recency,
      states.age,
      factors.pAlive,
      factors.dert,
      factors.spendBase,
      factors.spendMultiplier,
    ];
    sink.append(states.length, (start, end) => columns.map((column) => Array.from(column.subarray(start, end))));
    sink.close();
    await this.#create('valued', sql.valuedOf(digits));
    const [row] = await this.#session.rows(
      'SELECT (SELECT count(*) FROM customers) AS before, (SELECT count(*) FROM valued) AS after',
    );
    if (row!['before'] !== row!['after']) {
      throw new ClvError('E501', {
        ledger: String(row!['after']),
        reader: String(row!['before']),
        what: 'valued customers',
      });
    }
    await this.#session.run('DROP TABLE customers');
    this.#digits = digits;
  }
  #digits = 2;

  async totals(): Promise<readonly Totals[]> {
    const rows = await this.#session.rows(sql.TOTALS);
    return rows.map((row) => ({
      segment: this.#segments(String(row['segment'])),
      customers: Number(units(row['n'])),
      revenue: units(row['revenue']),
      margin: units(row['margin']),
      clv: units(row['clv']),
    }));
  }

  async *customers(limit?: number): AsyncIterable<CustomerBlock> {
    const text = sql.customerRows(this.#digits) + (limit === undefined ? '' : ` LIMIT ${limit}`);
    for await (const chunk of this.#session.chunks(text)) {
      const segments = this.#plan!.by.length > 0 ? texts(chunk, 1).map((text) => this.#segments(text)) : [];
      yield {
        length: chunk.rowCount,
        id: texts(chunk, 0),
        segment: this.#plan!.by.map((_, i) => segments.map((tuple) => tuple[i]!)),
        firstPurchase: integers(chunk, 2),
        lastPurchase: integers(chunk, 3),
        x: integers(chunk, 4),
        recency: integers(chunk, 5),
        age: integers(chunk, 6),
        revenue: bigints(chunk, 7),
        margin: bigints(chunk, 8),
        mean: doubles(chunk, 9),
        pAlive: doubles(chunk, 10),
        expectedMargin: doubles(chunk, 11),
        dert: doubles(chunk, 12),
        clv: bigints(chunk, 13),
      };
    }
  }

  #segments(text: string): string[] {
    return this.#plan!.by.length === 0 ? [] : text.split(sql.SEGMENT_SEPARATOR);
  }

  async #create(table: string, select: string): Promise<void> {
    await this.#session.run(`CREATE TABLE ${table} AS ${select}`);
  }

  interrupt(): void {
    this.#session.interrupt();
  }

  async close(): Promise<void> {
    this.#session.close();
  }
}

function dateLiteral(day: Day): string {
  return `CAST('${isoOf(day)}' AS DATE)`;
}
