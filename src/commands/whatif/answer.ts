import { grouped, unitsText } from '../../base/money.ts';
import { shareText } from '../../report/answer.ts';
import { moneyIn } from '../../report/views.ts';
import { type Bar, changeShare, moveOf, SWINGS, type Tried } from '../../valuation/whatif/figures.ts';
import type { WhatIf } from './found.ts';

/** What a manager is told first: what each scenario does, and what customer equity hangs on most. */
export function whatIfAnswer(whatIf: WhatIf, bars: readonly Bar[]): readonly string[] {
  const { assumptions, customers, equity, prospect, scenarios } = whatIf;
  const money = moneyIn(assumptions);
  const told = (tried: Tried): string | null => {
    if ('refused' in tried) return null;
    const move = moveOf(tried, whatIf);
    const share = changeShare(move);
    const sign = move.change > 0n ? '+' : '';
    const part = share === null ? '' : ` (${sign}${shareText(Number(share))})`;
    return `${sign}${grouped(unitsText(move.change, assumptions.digits))}${part}`;
  };
  const outcomes = scenarios.flatMap(({ name, tried }) => {
    const text = told(tried);
    return text === null ? [] : [`${name}: ${text}.`];
  });
  const [most] = bars;
  const [less, more] = most ? [told(most.points[0]!), told(most.points.at(-1)!)] : [null, null];
  const swings = [
    ...(more === null ? [] : [`${SWINGS.at(-1)} of it means ${more}`]),
    ...(less === null ? [] : [`${SWINGS[0]} of it means ${less}`]),
  ];
  return [
    `Customer equity is ${money(equity)} of ${grouped(String(customers))} customers.`,
    ...(outcomes.length === 0 ? [] : [`What the scenarios change of it: ${outcomes.join(' ')}`]),
    ...(most && swings.length > 0
      ? [`It hangs most on ${most.driver.replaceAll('_', ' ').replaceAll('-', ' ')}: ${swings.join(', ')}.`]
      : []),
    `Winning a new customer may cost up to ${money(prospect)}.`,
  ];
}
