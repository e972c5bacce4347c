import { cohortsPicture, cohortsView } from '../../aggregator/cohorts.ts';
import { CURVE, curveRows, peakOf } from '../../aggregator/curve.ts';
import { pastMoney } from '../../aggregator/past-money.ts';
import { isoOf } from '../../base/calendar.ts';
import { grouped, groupedCount, MARGIN_SCALE, rescale } from '../../base/money.ts';
import { plural } from '../../base/plural.ts';
import type { Contrast } from '../../data/audit.ts';
import { inWords, listOf } from '../../data/lists.ts';
import type { Fact, View } from '../../data/report.ts';
import { segmentsTitle } from '../../report/methodology.ts';
import { listView, moneyIn, recordFacts } from '../../report/views.ts';
import type { AuditFound } from './found.ts';
import { contrastSums, futureViews } from './future.ts';
import { IDENTITY, identityRows } from './identity.ts';
import { BRIDGE, bridgeRows, periodText } from './periods.ts';
import { retentionViews } from './retention.ts';

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
  const { assumptions, audit, every, model, subscribers } = found;
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
    curvePicture,
    curveView(found),
    ...periodViews(found),
    cohortsPicture(every),
    cohortsView(audit, every, digits),
    ...(subscribers ? retentionViews(subscribers, every, assumptions) : []),
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

function groups(
  title: string,
  section: 'customer_deciles' | 'profit_deciles' | 'segments',
  names: readonly Heading[],
): View {
  const along = names.map(({ name }) => name);
  const chart = {
    customer_deciles: { kind: 'columns', along, values: ['profit'], title: 'Profit' },
    profit_deciles: { kind: 'columns', along, values: ['customers'], title: 'Customers' },
    segments: {
      kind: 'bars',
      along,
      values: ['profit_share', 'revenue_share', 'customer_share'],
      title: 'Share of the whole',
    },
  } as const;
  return { type: 'section', title, section, columns: [...names, ...MONEY], chart: chart[section] };
}

const curvePicture: View = {
  type: 'chart',
  title: 'Whale curve',
  section: 'whale_curve',
  columns: [
    { name: 'customer_share', heading: 'Share of customers, the most profitable first' },
    { name: 'customers', heading: 'Customers' },
    { name: 'profit', heading: 'Their profit' },
    { name: 'profit_share', heading: 'Share of profit' },
  ],
  chart: { kind: 'lines', along: ['customer_share'], values: ['profit_share'], title: 'Share of profit' },
};

/** Shares of the customers at which the curve is shown. */
const SHOWN = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];

function curveView({ audit, assumptions }: AuditFound): View {
  const { customers, profitable } = audit.whole;
  const wanted = new Set([...SHOWN.map((percent) => Math.floor((percent * customers) / 100)), profitable]);
  const rows = curveRows(audit, assumptions.digits).filter((_, i) => i > 0 && wanted.has(audit.curve[i]!.customers));
  return listView('Whale curve: the most profitable customers together', listOf('curve', CURVE, rows), {
    customers: 'Customers',
    customer_share: 'Share of customers',
    profit: 'Their profit',
    profit_share: 'Share of profit',
  });
}

function periodViews({ audit, periods, assumptions, population }: AuditFound): readonly View[] {
  if (periods === null) return [];
  const { earlier, later } = periods;
  const { digits } = assumptions;
  const factors = inWords(identityRows(audit, population.valued.customers, digits), 1);
  return [
    listView(
      'Profit = active customers × purchases per customer × revenue per purchase × margin rate',
      listOf('factors', IDENTITY, factors),
      {
        factor: 'Factor',
        all: 'All the data',
        earlier: 'Earlier',
        later: 'Later',
        change: 'Change',
        profit_effect: 'Effect on profit',
      },
    ),
    listView(
      `Customers of the earlier period, ${periodText(earlier)}, and of the later, ${periodText(later)}`,
      listOf('flows', BRIDGE, bridgeRows(audit.flows, digits, { withTotal: true })),
      {
        group: 'Group',
        customers: 'Customers',
        revenue_earlier: 'Revenue earlier',
        revenue_later: 'Revenue later',
        profit_earlier: 'Profit earlier',
        profit_later: 'Profit later',
        profit_change: 'Change of profit',
      },
    ),
  ];
}

/** The totals, what the whale curve says, and whom past and future put on opposite sides. */
function auditFacts(found: AuditFound): readonly Fact[] {
  const { audit, assumptions, population, model } = found;
  const { periods, subscribers } = found;
  const { digits } = assumptions;
  const { whole } = audit;
  const money = moneyIn(assumptions);
  const count = (value: number): string => grouped(String(value));
  const [past] = pastMoney([whole], digits);
  const { sales, refunds, revenue, margin, costs, profit } = past!;
  const idle = whole.customers - whole.profitable - whole.unprofitable;
  return [
    { label: 'Profit', value: `${money(profit)} = margin ${money(margin)} − costs ${money(costs)}` },
    { label: 'Sales (revenue)', value: `${money(revenue)} = sales ${money(sales)} + refunds ${money(refunds)}` },
    {
      label: 'Customers',
      value:
        `${count(whole.customers)} = ${count(whole.profitable)} with a profit + ${count(whole.unprofitable)} with a loss + ` +
        `${count(idle)} with neither; ${count(population.withoutPurchase.customers)} of them without any purchase`,
    },
    { label: 'Whale curve', value: peakText(found, money) },
    ...(model ? futureFacts(found, money) : []),
    ...(periods
      ? [{ label: 'Periods', value: `earlier ${periodText(periods.earlier)}, later ${periodText(periods.later)}` }]
      : []),
    ...(subscribers?.facts ?? [
      { label: 'As of', value: isoOf(assumptions.asOf) },
      { label: 'Margin taken as', value: assumptions.margin },
      ...recordFacts(found),
    ]),
  ];
}

function peakText({ audit, assumptions }: AuditFound, money: (units: bigint) => string): string {
  const { share, customersShare, destroyed, profit } = peakOf(audit, assumptions.digits);
  const percent = (fraction: string): string => `${(100 * Number(fraction)).toFixed(1)}%`;
  const made = share === null ? money(profit) : `${percent(share)} of the profit`;
  const { profitable, unprofitable } = audit.whole;
  return (
    `${groupedCount(profitable, 'customer')} (${percent(customersShare!)}) ` +
    `${plural(profitable, 'makes', 'make')} ${made}; ` +
    `${grouped(String(unprofitable))} ${plural(unprofitable, 'destroys', 'destroy')} ${money(destroyed)}${share === null ? '' : ' of it'}`
  );
}

function futureFacts({ audit, assumptions }: AuditFound, money: (units: bigint) => string): readonly Fact[] {
  const { digits } = assumptions;
  const text = (contrast: Contrast, words: string): string => {
    const { customers, profit, clv } = contrastSums(audit, contrast);
    const brought = money(rescale(profit, MARGIN_SCALE, digits));
    const who = `${groupedCount(customers, 'customer')} ${words}`;
    return `${who}: ${plural(customers, 'it', 'they')} made ${brought} and ${plural(customers, 'is', 'are')} worth ${money(clv)}`;
  };
  return [
    { label: 'Customer equity', value: money(audit.whole.clv) },
    { label: 'Fallen', value: text('fallen', 'with a profit above the mean and a CLV below it') },
    { label: 'Risen', value: text('risen', 'with a profit below the mean and a CLV above it') },
  ];
}
