import { cohortsView } from '../../aggregator/cohorts.ts';
import { CURVE, curveRows } from '../../aggregator/curve.ts';
import { inWords, listOf } from '../../data/lists.ts';
import type { View } from '../../data/report.ts';
import { segmentsTitle } from '../../report/methodology.ts';
import { auditFacts } from './facts.ts';
import type { AuditFound } from './found.ts';
import { futureViews } from './future-views.ts';
import { IDENTITY, identityRows } from './identity.ts';
import { BRIDGE, bridgeRows, periodText } from './periods.ts';

type Heading = { readonly name: string; readonly heading: string };

const MONEY: readonly Heading[] = [
  { name: 'customers', heading: 'Customers' },
  { name: 'customer_share', heading: 'Share of customers' },
  { name: 'purchases_mean', heading: 'Purchases each' },
  { name: 'revenue_share', heading: 'Share of revenue' },
  { name: 'revenue_per_purchase', heading: 'Revenue a purchase' },
  { name: 'profit_mean', heading: 'Mean profit' },
  { name: 'profit', heading: 'Profit' },
  { name: 'profit_share', heading: 'Share of profit' },
];

/** What a person reads: the past in total, who made it, what changed, when customers came, and what they are worth now. */
export function auditViews(found: AuditFound): readonly View[] {
  const { assumptions, audit, every, model } = found;
  const { by, digits } = assumptions;
  return [
    { type: 'facts', title: 'Customer profitability', facts: auditFacts(found) },
    groups('Tenths of the customers, ranked by profit', 'customer_deciles', [{ name: 'decile', heading: 'Tenth' }]),
    ...(audit.profitDeciles.length > 0
      ? [
          groups('Customers needed for each tenth of the profit', 'profit_deciles', [
            { name: 'decile', heading: 'Tenth' },
          ]),
        ]
      : []),
    curveView(found),
    ...periodViews(found),
    cohortsView(audit, every, digits),
    ...(by.length > 0
      ? [
          groups(
            segmentsTitle(assumptions),
            'segments',
            by.map((name) => ({ name, heading: name })),
          ),
        ]
      : []),
    ...(model ? futureViews(found) : []),
  ];
}

function groups(title: string, section: string, names: readonly Heading[]): View {
  return { type: 'section', title, section, columns: [...names, ...MONEY] };
}

/** Shares of the customers at which the curve is shown. */
const SHOWN = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];

function curveView({ audit, assumptions }: AuditFound): View {
  const { customers, profitable } = audit.whole;
  const wanted = new Set([...SHOWN.map((percent) => Math.floor((percent * customers) / 100)), profitable]);
  const rows = curveRows(audit, assumptions.digits).filter((_, i) => i > 0 && wanted.has(audit.curve[i]!.customers));
  return {
    type: 'section',
    title: 'Whale curve: the most profitable customers together',
    section: listOf('curve', CURVE, rows),
    columns: [
      { name: 'customers', heading: 'Customers' },
      { name: 'customer_share', heading: 'Share of customers' },
      { name: 'profit', heading: 'Their profit' },
      { name: 'profit_share', heading: 'Share of profit' },
    ],
  };
}

function periodViews({ audit, periods, assumptions, population }: AuditFound): readonly View[] {
  const { earlier, later } = periods;
  const { digits } = assumptions;
  const factors = inWords(identityRows(audit, population.valued.customers, digits), 1);
  return [
    {
      type: 'section',
      title: 'Profit = active customers × purchases per customer × revenue per purchase × margin rate',
      section: listOf('factors', IDENTITY, factors),
      columns: [
        { name: 'factor', heading: 'Factor' },
        { name: 'all', heading: 'All the data' },
        { name: 'earlier', heading: 'Earlier' },
        { name: 'later', heading: 'Later' },
        { name: 'change', heading: 'Change' },
        { name: 'profit_effect', heading: 'Effect on profit' },
      ],
    },
    {
      type: 'section',
      title: `Customers of the earlier period, ${periodText(earlier)}, and of the later, ${periodText(later)}`,
      section: listOf('flows', BRIDGE, bridgeRows(audit.flows, digits, { withTotal: true })),
      columns: [
        { name: 'group', heading: 'Group' },
        { name: 'customers', heading: 'Customers' },
        { name: 'revenue_earlier', heading: 'Revenue earlier' },
        { name: 'revenue_later', heading: 'Revenue later' },
        { name: 'profit_earlier', heading: 'Profit earlier' },
        { name: 'profit_later', heading: 'Profit later' },
        { name: 'profit_change', heading: 'Change of profit' },
      ],
    },
  ];
}
