import { calendarName } from '../../aggregator/cohorts.ts';
import { SHARE_DIGITS } from '../../aggregator/shares.ts';
import { unitsText } from '../../base/money.ts';
import { listOf } from '../../data/lists.ts';
import type { Opportunity } from '../../data/opportunity.ts';
import type { Cell, Column, Section, View } from '../../data/report.ts';
import { moneyIn } from '../../report/views.ts';
import type { AuditFound, Subscribers } from './found.ts';

/** Who is still there of the subscribers who began in a calendar period, and what they are worth. */

export const RETENTION_NOTE =
  'retention: customers by the calendar period of their first paid term, of whom a subscription runs at the end of a period ' +
  '(late ones included; the last period ends on the as-of date), and what the cohort is worth then; bridge and identity, by ' +
  'days of payment, tell nothing of subscriptions: clv mrr has who came and left. ';

export const RETENTION: readonly Column[] = [
  { name: 'cohort', kind: 'text' },
  { name: 'period', kind: 'text' },
  { name: 'customers', kind: 'integer' },
  { name: 'running', kind: 'integer' },
  { name: 'retention', kind: 'share' },
  { name: 'customer_equity', kind: 'money' },
];

/** Cohort × the end of a calendar period; equity is that of the as-of date. */
export function retentionSection({ cohorts, equity }: Subscribers, every: Opportunity, digits: number): Section {
  const last = Math.max(...cohorts.map(({ period }) => period));
  const rows = cohorts.map(({ cohort, period, customers, running }): Cell[] => [
    calendarName(cohort, every),
    calendarName(period, every),
    String(customers),
    String(running),
    (running / customers).toFixed(SHARE_DIGITS),
    equity === null || period < last ? null : unitsText(equity.get(cohort)!, digits),
  ]);
  return listOf('retention', RETENTION, rows);
}

/** Cohorts down, and across who is still there at the end of each calendar period. */
export function retentionViews(
  { cohorts, equity }: Subscribers,
  every: Opportunity,
  assumptions: AuditFound['assumptions'],
): readonly View[] {
  const money = moneyIn({ ...assumptions, currency: null });
  const periods = [...new Set(cohorts.map(({ period }) => period))].sort((a, b) => a - b);
  const names = [...new Set(cohorts.map(({ cohort }) => cohort))];
  const rows = names.map((cohort): Cell[] => {
    const standings = cohorts.filter((one) => one.cohort === cohort);
    const at = new Map(standings.map(({ period, running, customers }) => [period, running / customers]));
    return [
      calendarName(cohort, every),
      String(standings[0]!.customers),
      ...periods.map((period) => at.get(period)?.toFixed(SHARE_DIGITS) ?? null),
      String(standings.at(-1)!.running),
      equity && money(equity.get(cohort)!),
    ];
  });
  const columns = [
    { name: 'cohort', heading: 'First paid', kind: 'text' as const },
    { name: 'customers', heading: 'Customers', kind: 'integer' as const },
    ...periods.map((period) => ({
      name: String(period),
      heading: calendarName(period, every),
      kind: 'share' as const,
    })),
    { name: 'running', heading: 'Running', kind: 'integer' as const },
    ...(equity ? [{ name: 'equity', heading: 'Customer equity', kind: 'text' as const }] : []),
  ];
  const shown = rows.map((row) => row.slice(0, columns.length));
  return [
    {
      type: 'section',
      title: 'Subscribers still there, of each cohort, at the end of a period',
      section: listOf('retention', columns, shown),
      columns,
    },
  ];
}
