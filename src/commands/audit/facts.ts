import { peakOf } from '../../aggregator/curve.ts';
import { pastMoney } from '../../aggregator/past-money.ts';
import { isoOf } from '../../base/calendar.ts';
import { grouped, MARGIN_SCALE, rescale, unitsText } from '../../base/money.ts';
import { plural } from '../../base/plural.ts';
import type { Contrast } from '../../data/audit.ts';
import type { Fact } from '../../data/report.ts';
import { recordFacts } from '../../report/views.ts';
import type { AuditFound } from './found.ts';
import { contrastSums } from './future.ts';
import { periodText } from './periods.ts';

/** The totals, what the whale curve says, and whom past and future put on opposite sides. */
export function auditFacts(found: AuditFound): readonly Fact[] {
  const { audit, assumptions, population, model } = found;
  const { earlier, later } = found.periods;
  const { digits, currency } = assumptions;
  const { whole } = audit;
  const money = (units: bigint): string =>
    `${grouped(unitsText(units, digits))}${currency === null ? '' : ` ${currency}`}`;
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
    { label: 'Periods', value: `earlier ${periodText(earlier)}, later ${periodText(later)}` },
    { label: 'As of', value: isoOf(assumptions.asOf) },
    { label: 'Margin taken as', value: assumptions.margin },
    ...recordFacts(found),
  ];
}

function peakText({ audit, assumptions }: AuditFound, money: (units: bigint) => string): string {
  const { share, customersShare, destroyed, profit } = peakOf(audit, assumptions.digits);
  const percent = (fraction: string): string => `${(100 * Number(fraction)).toFixed(1)}%`;
  const made = share === null ? money(profit) : `${percent(share)} of the profit`;
  const { profitable, unprofitable } = audit.whole;
  return (
    `${grouped(String(profitable))} ${plural(profitable, 'customer', 'customers')} (${percent(customersShare!)}) ` +
    `${plural(profitable, 'makes', 'make')} ${made}; ` +
    `${grouped(String(unprofitable))} ${plural(unprofitable, 'destroys', 'destroy')} ${money(destroyed)}${share === null ? '' : ' of it'}`
  );
}

function futureFacts({ audit, assumptions }: AuditFound, money: (units: bigint) => string): readonly Fact[] {
  const { digits } = assumptions;
  const text = (contrast: Contrast, words: string): string => {
    const { customers, profit, clv } = contrastSums(audit, contrast);
    const brought = money(rescale(profit, MARGIN_SCALE, digits));
    const who = `${grouped(String(customers))} ${plural(customers, 'customer', 'customers')} ${words}`;
    return `${who}: ${plural(customers, 'it', 'they')} made ${brought} and ${plural(customers, 'is', 'are')} worth ${money(clv)}`;
  };
  return [
    { label: 'Customer equity', value: money(audit.whole.clv) },
    { label: 'Fallen', value: text('fallen', 'with a profit above the mean and a CLV below it') },
    { label: 'Risen', value: text('risen', 'with a profit below the mean and a CLV above it') },
  ];
}
