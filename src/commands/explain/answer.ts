import { isoOf } from '../../base/calendar.ts';
import { grouped, halfEvenUnits } from '../../base/money.ts';
import { plural } from '../../base/plural.ts';
import type { View } from '../../data/report.ts';
import { shareText } from '../../report/answer.ts';
import { moneyIn } from '../../report/views.ts';
import { type CashTotals, periodsSection, totalsOf } from './cash-flows.ts';
import type { ContractExplanation, ExplainedSubscription } from './contracts/found.ts';
import type { Explanation } from './found.ts';

/** What a manager is told first of one customer, or of those of a cohort: what it is worth, why, and when that comes in. */

type Money = (units: bigint) => string;

/** @param bought what it did so far, in words */
export function explainAnswer(explanation: Explanation, bought: string): readonly string[] {
  const { subject, flows, spending, assumptions } = explanation;
  const money = moneyIn(assumptions);
  const { asOf, digits, horizon } = assumptions;
  const who = subject.id === null ? 'A customer in this state' : `Customer ${subject.id}`;
  const when = asOf === null ? 'from then on' : `after ${isoOf(asOf)}`;
  const till = horizon === 'lifetime' ? '' : ` within ${horizon}`;
  const sure = subject.intervals?.prediction;
  return [
    worthText(who, money(flows.clv), `${when}${till}`),
    `It bought ${bought}. It is a customer still with a chance of ${shareText(subject.pAlive)}, and a purchase is expected to bring ${money(BigInt(halfEvenUnits(spending.expected, digits)))}.`,
    ...soonText(totalsOf(flows, digits), money),
    ...(sure ? [`What it brings will be between ${sure.map(money).join(' and ')}, 95 times of 100.`] : []),
  ];
}

export function contractExplainAnswer(explanation: ContractExplanation): readonly string[] {
  const { id, subscriptions, clv, assumptions, totals } = explanation;
  const money = moneyIn(assumptions);
  const till = assumptions.horizon === 'lifetime' ? '' : ` within ${assumptions.horizon}`;
  if (!subscriptions.some(({ alive }) => alive)) {
    const last = isoOf(explanation.subscriber.lastPayment);
    return [
      `Customer ${id} is worth nothing any more: no subscription of it runs, and it paid for the last time on ${last}.`,
    ];
  }
  return [
    worthText(`Customer ${id}`, money(clv), `after ${isoOf(assumptions.asOf)}${till}`),
    ...subscriptions.map((one) => renewalText(one, subscriptions.length > 1)),
    ...soonText(totals, money),
  ];
}

/** How long a subscription has run, and how likely it goes on. */
function renewalText({ id, alive, tenure, chance, retentionNext }: ExplainedSubscription, named: boolean): string {
  const which = named ? `Its subscription ${id}` : 'Its subscription';
  const paid = `${grouped(String(tenure))} ${plural(tenure, 'period', 'periods')}`;
  if (!alive) return `${which} has ended after ${paid}.`;
  const late = chance < 1 ? `; the payment that is late still comes with a chance of ${shareText(chance)}` : '';
  return `${which} has been paid for ${paid} in a row, and is renewed next time with a chance of ${shareText(retentionNext)}${late}.`;
}

/** @param customers alive of the cohort, who made so many renewals each */
export function cohortAnswer(
  {
    cohort,
    customers,
    made,
    residualValue,
    retentionNext,
    totals,
  }: {
    readonly cohort: string | null;
    readonly customers: number;
    readonly made: number;
    readonly residualValue: bigint;
    readonly retentionNext: number | null;
    readonly totals: CashTotals;
  },
  money: Money,
): readonly string[] {
  const of = cohort === null ? 'the table' : `cohort ${cohort}`;
  if (customers === 0) return [`Nobody of ${of} is left, so that nothing more is expected of it.`];
  const all = money(totals.values.at(-1)!);
  const next = retentionNext === null ? '' : `, and each makes the next with a chance of ${shareText(retentionNext)}`;
  return [
    `The ${plural(customers, 'customer', `${grouped(String(customers))} customers`)} of ${of} who ${plural(customers, 'is', 'are')} left ${plural(customers, 'is', 'are')} worth ${all}: ${money(residualValue)} each.`,
    `${plural(customers, 'It has', 'They have')} made ${made} ${plural(made, 'renewal', 'renewals')}${next}.`,
    ...soonText(totals, money),
  ];
}

function worthText(who: string, value: string, when: string): string {
  return `${who} is worth ${value}: the present value of the margin it is expected to bring ${when}.`;
}

/** What of the value the first row of several brings. */
function soonText({ rows, values }: CashTotals, money: Money): readonly string[] {
  const [first, whole] = [values[0]!, values.at(-1)!];
  if (values.length < 2 || whole <= 0n || first <= 0n) return [];
  return [`The first ${rows.period.name} brings ${money(first)} of that, ${shareText(Number(first) / Number(whole))}.`];
}

/** What each row brings, and what that is worth. What has no end is told: its bar would dwarf those of the periods. */
export function flowsPicture(totals: CashTotals, assumptions: Parameters<typeof moneyIn>[0]): View {
  const { rows, values } = totals;
  const rest = values.length > 1 && rows.ends.at(-1) === null ? values.at(-1)! - values.at(-2)! : null;
  const after = rest === null ? '' : `; what comes thereafter is worth ${moneyIn(assumptions)(rest)}`;
  return {
    type: 'chart',
    title: `What is expected by ${rows.period.name}, and what it is worth today${after}`,
    section: periodsSection(totals, assumptions.digits, rest === null ? values.length : values.length - 1),
    columns: [
      { name: 'period', heading: 'From the as-of date on' },
      { name: 'expected_margin', heading: 'Expected margin' },
      { name: 'present_value', heading: 'Present value' },
    ],
    chart: { kind: 'columns', along: ['period'], values: ['expected_margin', 'present_value'], title: 'Margin' },
  };
}
