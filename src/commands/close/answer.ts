import { isoOf } from '../../base/calendar.ts';
import { worthText } from '../../report/answer.ts';
import { intervalFacts } from '../../report/intervals.ts';
import type { Statement } from '../../report/statement/found.ts';
import { statementAnswer } from '../../report/statement/views.ts';
import { moneyIn } from '../../report/views.ts';
import type { CloseFound } from './found.ts';

/** What a manager is told first: how customer equity moved since the close before, and what is kept. */
export function closeAnswer(found: CloseFound, statement: Statement | null): readonly string[] {
  const { assumptions, kept, since, intervals, number } = found;
  const money = moneyIn(assumptions);
  const [sure] = intervalFacts(kept.equity, intervals, assumptions.digits);
  return [
    ...(since && statement ? statementAnswer(since.assumptions, statement) : []),
    worthText(kept.customers, money(kept.equity), `after ${isoOf(kept.asOf)}`),
    ...(sure ? [`${sure.label}: ${sure.value}.`] : []),
    `This is kept as close ${number}.`,
  ];
}
