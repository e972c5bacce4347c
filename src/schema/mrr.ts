import { z } from 'zod';
import { CUSTOMER_COLUMNS } from '../commands/mrr/lists.ts';
import { RECURRING_DATES, RECURRING_LADDER } from '../report/recurring.ts';
import { documentOf, input } from './blocks.ts';
import { count, date, listOf, text, words } from './kinds.ts';
import { recurringRates, recurringSegments } from './statement.ts';

const method = z.strictObject({
  as_of: date,
  currency: text,
  contract: words,
  grace: words,
  per: z.enum(['month', 'year']),
  value: words,
  terms: words,
  one_off: z.array(z.string()).optional(),
  pause: z.array(z.string()).optional(),
  churn_date: words,
  refunds: words.optional(),
  movements: words,
  reactivation: words,
  rates: words.optional(),
  segments: words.optional(),
  retention_rates: words,
  definition: words,
});

/** `clv mrr`: recurring revenue from opening to closing. */
export const mrr = documentOf('mrr', method, input, {
  months: listOf([...RECURRING_DATES, ...RECURRING_LADDER]),
  segments: recurringSegments,
  rates: recurringRates,
  decisions: z
    .strictObject({ renewed: count, decided: count, renewed_but_open: count, running: count, of_which_late: count })
    .nullable(),
  customers: listOf(CUSTOMER_COLUMNS),
});
