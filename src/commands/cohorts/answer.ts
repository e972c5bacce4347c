import { costOfCustomer, paybackOf } from '../../aggregator/acquisition/cohorts.ts';
import { isoOf } from '../../base/calendar.ts';
import { grouped, groupedCount, halfEvenQuotient } from '../../base/money.ts';
import { moneyIn } from '../../report/views.ts';
import type { CohortsFound } from './found.ts';
import { together } from './together.ts';

/** What a manager is told first: what the customers that were won brought and are worth, and whether they paid for themselves. */
export function cohortsAnswer(found: CohortsFound): readonly string[] {
  const { assumptions, cohorts } = found;
  const { digits } = assumptions;
  const money = moneyIn(assumptions);
  const count = (value: number): string => grouped(String(value));
  const { customers, margin, equity, won } = together(found);
  const worth = equity === null ? '' : ` and are worth ${money(equity)} from then on`;
  const costed = cohorts.filter((cohort) => costOfCustomer(cohort, digits) !== null && cohort.ages.length > 0);
  const paid = costed.filter((cohort) => paybackOf(cohort, digits).age !== null).length;
  const each = customers > 0 ? `, ${money(halfEvenQuotient(margin, BigInt(customers)))} each` : '';
  return [
    `${groupedCount(customers, 'customer')} brought a margin of ${money(margin)}${each} up to ${isoOf(assumptions.asOf)}${worth}.`,
    ...(won
      ? [
          `Winning one cost ${grouped(won.cac)}${won.ltvToCac === null ? '' : `; for each unit spent customers bring ${Number(won.ltvToCac).toFixed(2)}, past and future`}.`,
          `${count(paid)} of ${count(costed.length)} cohorts with a cost have paid it back so far.`,
        ]
      : []),
  ];
}
