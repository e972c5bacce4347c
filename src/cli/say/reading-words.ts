import { positionsOf } from '../../reader/columns.ts';
import { ERA_NAMES } from '../../reader/dates/calendars.ts';
import type { Described, LoadResult, Transactions } from '../../reader/transactions.ts';
import type { InputReading } from '../../report/input.ts';

/** How an export is read, for the report: null where the header alone says it. */
export function readingOf({ description, mapping, header }: Transactions): InputReading | null {
  if (description === null || !isDescribed(description, header)) return null;
  const { layout } = description;
  return {
    layout: layout && { name: layout.name, title: layout.title },
    customer: mapping.customer,
    date: mapping.date,
    amount: mapping.amount,
  };
}

/** What the amounts are and hold, for the methodology. */
export function amountsInWords(transactions: Transactions): string | null {
  const { description, mapping, header } = transactions;
  if (description === null || !isDescribed(description, header)) return null;
  const { layout, net, onlyCurrency, rates, description: said } = description;
  const asLayout = layout !== null && said.amount === (net ? layout.net : layout.amount);
  const holds = asLayout ? (net ? layout.net_holds : layout.holds) : undefined;
  const parts = [
    mapping.amount,
    ...(holds === undefined ? [] : [holds]),
    ...(onlyCurrency === null ? [] : [`rows in ${onlyCurrency} only`]),
    ...(rates === null ? [] : [`converted by ${rates}, each row at the rate of its day, half-even to 4 decimals`]),
  ];
  return parts.join(': ');
}

/** The calendar of the dates for the methodology; null for the Gregorian. */
export function calendarInWords({ calendar }: LoadResult): string | null {
  return calendar === null || calendar === 'gregorian' ? null : ERA_NAMES[calendar];
}

/** True where a layout or an option says more than which columns are meant. */
function isDescribed({ layout, description, onlyCurrency, rates }: Described, header: readonly string[]): boolean {
  const { minus, zero, rows, order, once, amount, customer } = description;
  const rules = minus.length + zero.length + rows.length > 0 || order !== null || once !== null;
  const arithmetic = [amount, customer?.columns[0]].some((text) => text && positionsOf(header, text).length === 0);
  return layout !== null || rules || arithmetic || onlyCurrency !== null || rates !== null;
}
