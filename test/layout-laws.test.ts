import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { runs } from './runs.ts';

/** A log written as a system exports it gives the figures of the plain log: customer, date, amount. */
const MODEL = join(import.meta.dirname, '../fixtures/layouts/model.json');

/** An order: `kept` false for one that was never paid; the refund is at most the total. */
interface Order {
  readonly customer: number;
  readonly day: number;
  readonly total: number;
  readonly refund: number;
  readonly kept: boolean;
  readonly upper: boolean;
  readonly lines: number;
}

const order: fc.Arbitrary<Order> = fc
  .record({
    customer: fc.integer({ min: 0, max: 6 }),
    day: fc.integer({ min: 0, max: 180 }),
    total: fc.integer({ min: 1, max: 20_000_00 }),
    share: fc.constantFrom(0, 0, 0, 0.3, 1),
    kept: fc.constantFrom(true, true, true, false),
    upper: fc.boolean(),
    lines: fc.constantFrom(0, 0, 1, 2),
  })
  .map(({ share, ...rest }) => ({ ...rest, refund: Math.floor(rest.total * share) }));

/** Its 31st of January shows in which order day and month stand. */
const ANCHOR: Order = { customer: 9, day: 30, total: 500, refund: 0, kept: true, upper: false, lines: 0 };

/** Lines of an export, and of the plain log. */
interface Written {
  readonly header: string;
  readonly rows: readonly string[];
  readonly footer?: readonly string[];
  readonly plain: readonly string[];
}

function iso(day: number): string {
  return new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
}

function us(day: number): string {
  const [year, month, date] = iso(day).split('-');
  return `${month}/${date}/${year}`;
}

function money(cents: number, grouped = false): string {
  const size = Math.abs(cents);
  const whole = String(Math.floor(size / 100));
  const text = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return `${cents < 0 ? '-' : ''}${text}.${String(size % 100).padStart(2, '0')}`;
}

function email({ customer, upper }: Order): string {
  return `${upper ? 'C' : 'c'}${customer}@x.de`;
}

/** A row of the plain log: what was paid and not given back, on the day of the order. */
function plain(one: Order, cents: number, day = one.day): string {
  return `c${one.customer}@x.de,${iso(day)},${money(cents)}`;
}

const SYSTEMS: Readonly<Record<string, (orders: readonly Order[]) => Written>> = {
  'shopify-orders': (orders) => ({
    header:
      'Name,Email,Financial Status,Currency,Total,Refunded Amount,Outstanding Balance,Created at,Lineitem quantity,Notes',
    rows: orders.flatMap((one, i) => {
      const { total, refund, kept, lines, day } = one;
      const status = !kept ? 'voided' : refund === 0 ? 'paid' : refund === total ? 'refunded' : 'partially_refunded';
      const at = `${iso(day)} 23:30:00 -0500`;
      const further = `#${i},${email(one)},,,,,,${at},1,`;
      const first = `#${i},${email(one)},${status},EUR,${money(total)},${money(refund)},0.00,${at},2,"two\nlines, one note"`;
      return [first, ...Array.from({ length: lines }, () => further)];
    }),
    plain: orders.filter(({ kept }) => kept).map((one) => plain(one, one.total - one.refund)),
  }),
  'woocommerce-order-export': (orders) => ({
    header: 'order_id,order_date,status,order_total,order_currency,customer_id,billing_email,payment_method',
    rows: orders.map((one, i) => {
      const status = !one.kept
        ? 'cancelled'
        : one.refund === one.total
          ? 'refunded'
          : i % 2
            ? 'completed'
            : 'processing';
      return `${i},${iso(one.day)} 10:00:00,${status},${money(one.total)},EUR,0,${email(one)},paypal`;
    }),
    plain: orders.filter(({ kept }) => kept).map((one) => plain(one, one.refund === one.total ? 0 : one.total)),
  }),
  'paypal-activity': (orders) => ({
    header:
      '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","From Email Address","To Email Address","Transaction ID"',
    rows: orders.flatMap((one, i) => {
      const { total, refund, kept, day } = one;
      const row = (type: string, cents: number, from: string, to: string, at: number, id: string): string =>
        [us(at), '10:00:00', 'PST', 'A', type, kept ? 'Completed' : 'Denied', 'EUR', money(cents, true), from, to, id]
          .map((text) => `"${text}"`)
          .join(',');
      const paid = row('Website Payment', total, email(one), 'shop@x.de', day, `T${i}`);
      const back = row('Payment Refund', -refund, 'shop@x.de', email(one), day + 3, `R${i}`);
      const fee = row('General Withdrawal', -total, 'shop@x.de', '', day, `W${i}`);
      return [paid, ...(refund > 0 ? [back] : []), ...(one.lines > 0 ? [fee] : [])];
    }),
    plain: orders
      .filter(({ kept }) => kept)
      .flatMap((one) => [plain(one, one.total), ...(one.refund > 0 ? [plain(one, -one.refund, one.day + 3)] : [])]),
  }),
  'quickbooks-sales-by-customer-detail': (orders) => {
    const customers = [...new Set(orders.map(({ customer }) => customer))];
    const all = ',,,,,,,,,';
    return {
      header:
        'Shop,,,,,,,,,\nSales by Customer Detail,,,,,,,,,\n"January - July, 2024",,,,,,,,,\n\n,Date,Transaction Type,Num,Product/Service,Memo/Description,Qty,Sales Price,Amount,Balance',
      rows: customers.flatMap((customer) => [
        `c${customer}@x.de${all}`,
        ...orders
          .filter((one) => one.customer === customer)
          .flatMap((one) => {
            const row = (type: string, cents: number, day: number) =>
              `,${us(day)},${type},1,Mug,,1,"${money(cents, true)}","${money(cents, true)}","9,999.00"`;
            const sale = row(one.kept ? 'Invoice' : 'Estimate', one.total, one.day);
            return one.kept && one.refund > 0 ? [sale, row('Credit Memo', -one.refund, one.day + 3)] : [sale];
          }),
        `Total for c${customer}@x.de,,,,,,,,"1,234.00",`,
      ]),
      footer: ['TOTAL,,,,,,,,"9,999.00",', '', '"Friday, Aug 02, 2024 10:00:00 AM GMT-7 - Accrual Basis",,,,,,,,,'],
      plain: orders
        .filter(({ kept }) => kept)
        .flatMap((one) => [plain(one, one.total), ...(one.refund > 0 ? [plain(one, -one.refund, one.day + 3)] : [])]),
    };
  },
  'xero-sales-invoices': (orders) => ({
    header:
      'ContactName,InvoiceNumber,InvoiceDate,Total,Quantity,UnitAmount,LineAmount,AccountCode,Currency,Type,Status',
    rows: orders.flatMap((one, i) => {
      const status = one.kept ? 'Paid' : 'Voided';
      const [year, month, date] = iso(one.day).split('-');
      const parts = [
        one.total - Math.floor(one.total / 3) * one.lines,
        ...Array.from({ length: one.lines }, () => Math.floor(one.total / 3)),
      ];
      const row = (type: string, no: string, cents: number) =>
        `c${one.customer}@x.de,${no},${date}/${month}/${year},${money(one.total)},1,${money(cents)},${money(cents)},200,EUR,${type},${status}`;
      const back = one.refund > 0 ? [row('Sales credit note', `CN-${i}`, one.refund)] : [];
      return [...parts.map((cents) => row('Sales invoice', `INV-${i}`, cents)), ...back];
    }),
    plain: orders
      .filter(({ kept }) => kept)
      .flatMap((one) => [plain(one, one.total), ...(one.refund > 0 ? [plain(one, -one.refund)] : [])]),
  }),
};

describe('a log in the form of an export gives the figures of the plain log', () => {
  it.each(Object.entries(SYSTEMS))('%s', async (layout, write) => {
    const folder = mkdtempSync(join(tmpdir(), 'clv-laws-'));
    const compute = async (
      text: string,
    ): Promise<{ summary: unknown; customers: unknown; input: { reading?: unknown } }> => {
      const [file, out] = [join(folder, 'log.csv'), join(folder, 'out.json')];
      writeFileSync(file, text);
      const value = [
        '--margin',
        '40%',
        '--use-model',
        MODEL,
        '--interval',
        'none',
        '--as-of',
        '2024-08-31',
        '-qq',
        '-o',
        out,
      ];
      expect(await main(['compute', file, ...value])).toBe(0);
      return JSON.parse(readFileSync(out, 'utf8'));
    };
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 25 }), async (made) => {
          const { header, rows, footer = [], plain: log } = write([ANCHOR, ...made]);
          const exported = await compute(`${[header, ...rows, ...footer].join('\n')}\n`);
          const expected = await compute(`customer_id,date,amount\n${log.join('\n')}\n`);
          expect(exported.input.reading).toMatchObject({ layout: { name: layout } });
          expect(exported.customers).toEqual(expected.customers);
          expect(exported.summary).toEqual(expected.summary);
        }),
        { seed: 9, numRuns: runs(5) },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
