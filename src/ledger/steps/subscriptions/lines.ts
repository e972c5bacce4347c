import type { Day } from '../../../base/calendar.ts';
import type { LineBlock } from '../../../data/subscriptions/lines.ts';
import type { Loaded } from '../../store.ts';
import { dateLiteral } from '../sql.ts';
import { rowBlock } from './rows.ts';

/** All lines of invoices up to a day, streamed: every customer's one after the other. */
export async function* readLines({ store }: Pick<Loaded, 'store'>, asOf: Day): AsyncIterable<LineBlock> {
  for await (const chunk of store.chunks(linesUntil(dateLiteral(asOf)))) {
    yield {
      ...rowBlock(chunk),
      start: chunk.texts(7),
      end: chunk.texts(8),
    };
  }
}

function linesUntil(asOf: string): string {
  return `SELECT customer_id, subscription, day, plan, currency, segment, amount, starts, ends
FROM subscription_rows WHERE day <= ${asOf} ORDER BY customer_id, subscription, day, plan, currency, starts, ends, amount`;
}
