import type { Day } from '../../../base/calendar.ts';
import type { LineBlock } from '../../../data/subscriptions/lines.ts';
import type { CustomerTimelines } from '../../../data/subscriptions/movements.ts';
import { addPrices, measured, valuedLines } from './line-values.ts';
import { type LineReading, linesByCustomer } from './lines-of-rows.ts';
import { Prices } from './prices.ts';
import { type LineRules, timelineOfLines } from './timeline-of-lines.ts';

/** The prices of all plans: the monthly values of their whole lines. */
export async function pricesOf(
  blocks: AsyncIterable<LineBlock>,
  reading: LineReading,
  { monthly }: Pick<LineRules, 'monthly'>,
): Promise<Prices> {
  const prices = new Prices();
  for await (const customers of linesByCustomer(blocks, reading))
    for (const { lines } of customers.flat()) addPrices(prices, measured(lines, monthly));
  return prices;
}

/** The subscriptions of customers by the service periods of their invoice lines, some customers at a time. */
export async function* timelinesOfLines(
  blocks: AsyncIterable<LineBlock>,
  reading: LineReading,
  rules: LineRules & { readonly prices: Prices; readonly asOf: Day },
): AsyncIterable<readonly CustomerTimelines[]> {
  const { prices, asOf, monthly } = rules;
  for await (const customers of linesByCustomer(blocks, reading)) {
    yield customers.map(
      (subscriptions): CustomerTimelines => ({
        customer: subscriptions[0]!.customer,
        subscriptions: subscriptions.map((one) =>
          timelineOfLines(one, valuedLines(measured(one.lines, monthly), prices, monthly), asOf, rules),
        ),
      }),
    );
  }
}
