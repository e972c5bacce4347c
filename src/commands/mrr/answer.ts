import { isoOf } from '../../base/calendar.ts';
import { grouped } from '../../base/money.ts';
import { plural } from '../../base/plural.ts';
import { MOVEMENTS } from '../../data/subscriptions/movements.ts';
import { movesText, shareText, wentText } from '../../report/answer.ts';
import { HEADINGS, rateText } from '../../report/recurring.ts';
import { moneyIn } from '../../report/views.ts';
import type { MrrFound } from './found.ts';
import { nameOf } from './views.ts';

/** What a manager is told first: where recurring revenue stands, what moved it, and how much of it customers keep paying. */
export function mrrAnswer(found: MrrFound): readonly string[] {
  const { recurring, assumptions } = found;
  const { periods, rates } = recurring;
  const money = moneyIn(assumptions);
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return [];
  const moved = MOVEMENTS.map(
    (line) => [HEADINGS[line], periods.reduce((sum, { lines }) => sum + lines[line], 0n)] as const,
  );
  const who = `${grouped(String(last.customers))} ${plural(last.customers, 'customer', 'customers')}`;
  return [
    `${nameOf(found)} ${wentText(first.opening, last.closing, money)} between ${isoOf(first.from)} and ${isoOf(last.to)}, of ${who}.`,
    ...movesText(moved, money),
    ...(rates.nrr
      ? [
          `Customers who were there on ${isoOf(rates.from)} pay ${shareText(Number(rateText(rates.nrr)))} of what they paid then ` +
            `(net revenue retention): ${grouped(String(rates.kept))} of ${grouped(String(rates.cohort))} are still there on ${isoOf(rates.to)}.`,
        ]
      : []),
  ];
}
