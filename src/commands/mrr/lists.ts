import { isoOf } from '../../base/calendar.ts';
import { AMOUNT_SCALE, rescaledText, unitsText } from '../../base/money.ts';
import { anew, listOf } from '../../data/lists.ts';
import type { Block, Cell, Column, Section } from '../../data/report.ts';
import type { CustomerTimelines } from '../../data/subscriptions/movements.ts';
import { type MovementRules, stepsOf } from '../../engine/subscriptions/recurring/movements.ts';
import { splitSegment } from '../../ledger/steps/sql.ts';
import { RECURRING_DATES, RECURRING_LADDER, recurringCells } from '../../report/recurring.ts';
import { customerOf, type RecurringCustomer } from '../../valuation/subscriptions/recurring.ts';
import type { MrrFound } from './found.ts';

const money = (name: string): Column => ({ name, kind: 'money' });

export const CUSTOMER_COLUMNS: readonly Column[] = [
  { name: 'customer_id', kind: 'text' },
  { name: 'subscription', kind: 'text' },
  money('mrr'),
  { name: 'state', kind: 'text' },
  { name: 'paid_periods', kind: 'integer' },
  { name: 'paid_until', kind: 'date' },
  money('extra_payments'),
];

const EVENT: readonly Column[] = [
  { name: 'date', kind: 'date' },
  { name: 'customer_id', kind: 'text' },
  { name: 'line', kind: 'text' },
  money('amount'),
];

/** Names of our own columns, beside which a segment column would stand twice. */
export const MRR_NAMES = [...RECURRING_DATES, ...RECURRING_LADDER, ...EVENT].map(({ name }) => name);

/** The roll-forward, a row a period. */
export function monthsSection({ recurring, assumptions: { digits } }: MrrFound): Section {
  return listOf(
    'months',
    [...RECURRING_DATES, ...RECURRING_LADDER],
    recurring.periods.map((row) => recurringCells(row, digits)),
  );
}

/** The roll-forward of every segment: by period, then segment. */
export function segmentsSection({ recurring, assumptions: { by, digits } }: MrrFound): Section {
  const { segments, periods } = recurring;
  const rows = periods.flatMap((_, i) =>
    segments.map(({ segment, periods: own }) => recurringCells(own[i]!, digits, splitSegment(segment))),
  );
  const named = by.map((name): Column => ({ name, kind: 'text' }));
  return listOf('segments', [...RECURRING_DATES, ...named, ...RECURRING_LADDER], rows);
}

/** Every customer who ever had a subscription, by id, streamed. */
export function customersSection({ timelines, movements, recurring, assumptions: { digits } }: MrrFound): Section {
  return {
    name: 'customers',
    columns: CUSTOMER_COLUMNS,
    rows: recurring.customers,
    blocks: anew(() =>
      rowsOf(timelines(), CUSTOMER_COLUMNS.length, (one) => [
        customerCells(customerOf(one, stepsOf(one.subscriptions, movements)), digits),
      ]),
    ),
  };
}

export function customerCells(one: RecurringCustomer, digits: number): Cell[] {
  const { customer, subscription, value, state, paidPeriods, paidUntil, extra } = one;
  return [
    customer,
    subscription === '' ? null : subscription,
    unitsText(value, digits),
    state,
    paidPeriods === null ? null : String(paidPeriods),
    paidUntil === null ? null : isoOf(paidUntil),
    rescaledText(extra, AMOUNT_SCALE, digits),
  ];
}

/** Every movement, by customer and day, streamed. */
export function eventsSection({ timelines, movements, recurring, assumptions: { by, digits } }: MrrFound): Section {
  const segments = by.map((name): Column => ({ name, kind: 'text' }));
  const columns = [...EVENT, ...segments];
  const blocks = anew(() => rowsOf(timelines(), columns.length, eventsOf(movements, digits)));
  return { name: 'events', columns, rows: recurring.events, blocks };
}

function eventsOf(rules: MovementRules, digits: number): (one: CustomerTimelines) => Cell[][] {
  return ({ customer, subscriptions }) =>
    stepsOf(subscriptions, rules).flatMap(({ day, movements }) =>
      movements.map(({ line, segment, amount }) => [
        isoOf(day),
        customer,
        line,
        unitsText(amount, digits),
        ...splitSegment(segment),
      ]),
    );
}

async function* rowsOf(
  customers: AsyncIterable<readonly CustomerTimelines[]>,
  width: number,
  rows: (one: CustomerTimelines) => Cell[][],
): AsyncIterable<Block> {
  for await (const block of customers) {
    const all = block.flatMap(rows);
    if (all.length === 0) continue;
    yield { length: all.length, cells: Array.from({ length: width }, (_, i) => all.map((row) => row[i]!)) };
  }
}
