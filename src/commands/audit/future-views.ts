import { grouped } from '../../base/money.ts';
import type { Contrast } from '../../data/audit.ts';
import { inWords, listOf } from '../../data/lists.ts';
import type { View } from '../../data/report.ts';
import type { AuditFound } from './found.ts';
import { contrastSums, meansOf, quadrantGroups } from './future.ts';

/** Past profit against CLV, and the customers at the head of the two lists where they say the opposite. */
export function futureViews(found: AuditFound): readonly View[] {
  const { audit, assumptions } = found;
  const { profit, clv } = meansOf(audit, assumptions.digits);
  const { columns, rows } = quadrantGroups(audit, assumptions.digits);
  const heads: Readonly<Record<Contrast, string>> = {
    fallen: 'Profit above the mean, CLV below it',
    risen: 'CLV above the mean, profit below it',
  };
  return [
    {
      type: 'section',
      title: `Past profit against CLV, each held against its mean: ${grouped(profit)} and ${grouped(clv ?? '–')}`,
      section: listOf('quadrants', columns, inWords(rows, 2)),
      columns: [
        { name: 'past', heading: 'Past' },
        { name: 'future', heading: 'Future' },
        { name: 'customers', heading: 'Customers' },
        { name: 'customer_share', heading: 'Share of customers' },
        { name: 'profit', heading: 'Profit' },
        { name: 'profit_share', heading: 'Share of profit' },
        { name: 'customer_equity', heading: 'Customer equity' },
        { name: 'equity_share', heading: 'Share of equity' },
      ],
    },
    ...(['fallen', 'risen'] as const).flatMap((contrast): View[] => {
      const { customers } = contrastSums(audit, contrast);
      if (customers === 0) return [];
      return [
        {
          type: 'section',
          title: heads[contrast],
          section: contrast,
          columns: [
            { name: 'customer_id', heading: 'Customer' },
            ...assumptions.by.map((name) => ({ name, heading: name })),
            { name: 'purchases', heading: 'Purchases' },
            { name: 'last_purchase', heading: 'Last purchase' },
            { name: 'revenue', heading: 'Revenue' },
            { name: 'profit', heading: 'Profit' },
            { name: 'clv', heading: 'CLV' },
          ],
          top: assumptions.top,
          total: customers,
        },
      ];
    }),
  ];
}
