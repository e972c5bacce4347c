import { isoOf } from '../../base/calendar.ts';
import { type Fraction, unitsOf } from '../../base/fractions.ts';
import { listOf } from '../../data/lists.ts';
import type { Fact, View } from '../../data/report.ts';
import { percentText } from '../../report/methodology.ts';
import { rateText, recurringColumns, rollForwardPicture } from '../../report/recurring.ts';
import { moneyIn, recordFacts } from '../../report/views.ts';
import type { MrrFound } from './found.ts';
import { CUSTOMER_COLUMNS, customerCells } from './lists.ts';
import { graceText, lengthsText } from './methodology.ts';

/** What a person reads: the figures at the as-of date, the roll-forward, its segments, and who is worth most. */
export function mrrViews(found: MrrFound): readonly View[] {
  const { recurring, assumptions } = found;
  const { by, digits, top } = assumptions;
  const worth = recurring.top.map((one) => customerCells(one, digits));
  return [
    { type: 'facts', title: nameOf(found), facts: facts(found) },
    rollForwardPicture('From opening to closing', nameOf(found), recurring.periods, digits),
    ladderView('Roll-forward', 'months', [], found),
    ...(by.length > 0 ? [ladderView(`Segments by ${by.join(', ')}`, 'segments', by, found)] : []),
    ...(worth.length > 0
      ? [
          {
            type: 'section' as const,
            title: 'Customers with the highest recurring revenue',
            section: listOf('top', CUSTOMER_COLUMNS, worth),
            columns: [
              { name: 'customer_id', heading: 'Customer' },
              { name: 'mrr', heading: nameOf(found) },
              { name: 'state', heading: 'State' },
              { name: 'paid_periods', heading: 'Paid periods' },
              { name: 'paid_until', heading: 'Paid until' },
            ],
            top,
            total: recurring.periods.at(-1)?.customers ?? 0,
          },
        ]
      : []),
  ];
}

export function nameOf({ assumptions: { months } }: MrrFound): string {
  return months === 12 ? 'Recurring revenue a year' : 'Recurring revenue a month';
}

function ladderView(title: string, section: string, by: readonly string[], { recurring }: MrrFound): View {
  const rows = section === 'months' ? recurring.periods : recurring.segments.flatMap(({ periods }) => periods);
  return { type: 'section', title, section, columns: recurringColumns(rows, by) };
}

function facts(found: MrrFound): readonly Fact[] {
  const { recurring, assumptions } = found;
  const { rates, decisions } = recurring;
  const money = moneyIn(assumptions);
  const last = recurring.periods.at(-1)!;
  const span = `${isoOf(rates.from)} to ${isoOf(rates.to)}`;
  const kept = `${rates.kept} of ${rates.cohort} customers kept`;
  return [
    { label: nameOf(found), value: `${money(last.closing)}, of which late ${money(last.late)}` },
    { label: 'Customers', value: String(last.customers) },
    ...(last.customers === 0
      ? []
      : [{ label: 'A customer', value: money(unitsOf({ n: last.closing, d: BigInt(last.customers) }, 0)) }]),
    ...rateFact('Net revenue retention', rates.nrr, `${span}; ${kept}`),
    ...rateFact('Gross revenue retention', rates.grr, span),
    ...rateFact('Gross churn rate', rates.grossChurn, span),
    ...rateFact('Net churn rate', rates.netChurn, span),
    ...(rates.quickRatio ? [{ label: 'Quick ratio', value: rateText(rates.quickRatio) }] : []),
    ...(decisions
      ? [
          {
            label: 'Renewals',
            value: `${decisions.renewed} made of ${decisions.decided} decided; ${decisions.renewedButOpen} made are still open`,
          },
        ]
      : []),
    { label: 'As of', value: isoOf(assumptions.asOf) },
    { label: 'Contract', value: `${lengthsText(assumptions)}; grace ${graceText(assumptions)}` },
    ...recordFacts(found),
  ];
}

function rateFact(label: string, rate: Fraction | null, words: string): readonly Fact[] {
  return rate === null ? [] : [{ label, value: `${percentText(rateText(rate))} ${words}` }];
}
