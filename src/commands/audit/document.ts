import { cohortsSection } from '../../aggregator/cohorts.ts';
import { CURVE, curveBlock, curveRows } from '../../aggregator/curve.ts';
import { auditSegments, decilesSection } from '../../aggregator/groups.ts';
import { pastMoney } from '../../aggregator/past-money.ts';
import { unitsText } from '../../base/money.ts';
import { listOf } from '../../data/lists.ts';
import { Exact, type Json, type Report } from '../../data/report.ts';
import { envelope } from '../../report/found.ts';
import { inputBlock } from '../../report/input.ts';
import { methodology } from '../../report/methodology.ts';
import { auditAnswer } from './answer.ts';
import { pastSection } from './customers.ts';
import type { AuditFound } from './found.ts';
import { futureBlock, quadrantGroups } from './future.ts';
import { IDENTITY, identityRows } from './identity.ts';
import { BRIDGE, bridgeBlock, bridgeRows } from './periods.ts';
import { RETENTION_NOTE, retentionSection } from './retention.ts';
import { auditViews } from './views.ts';

/** The report of `clv audit`: what customers brought in the past, who, when, and what they are worth from now on. */
export function auditReport(found: AuditFound): Report {
  const { assumptions, audit, model, every, periods, subscribers } = found;
  const { by, digits } = assumptions;
  const shape = { digits, valued: model !== null };
  const quadrants = quadrantGroups(audit, digits);
  const { customers, contrasts } = audit;
  return {
    command: 'audit',
    document: [
      ...envelope('audit', found, auditMethodology(found), inputBlock(found)),
      ['model', model],
      ['totals', totals(found)],
      ['customer_deciles', decilesSection('customer_deciles', audit.customerDeciles, shape)],
      ['profit_deciles', decilesSection('profit_deciles', audit.profitDeciles, shape)],
      ['whale_curve', curveBlock(audit, digits)],
      ...(periods
        ? ([
            ['identity', listOf('identity', IDENTITY, identityRows(audit, found.population.valued.customers, digits))],
            ['bridge', bridgeBlock(periods, audit.flows, digits)],
          ] as const)
        : []),
      ['cohorts', cohortsSection(audit, every, digits)],
      ...(subscribers ? ([['retention', retentionSection(subscribers, every, digits)]] as const) : []),
      ['segments', by.length > 0 ? auditSegments(audit, by, shape) : []],
      ['past_and_future', model && futureBlock(audit, digits)],
      ['customers', pastSection('customers', customers, by, digits)],
    ],
    sections: [
      listOf('whale_curve', CURVE, curveRows(audit, digits)),
      ...(periods ? [listOf('bridge', BRIDGE, bridgeRows(audit.flows, digits))] : []),
      listOf('past_and_future', quadrants.columns, model ? quadrants.rows : []),
      pastSection('fallen', contrasts.fallen, by, digits),
      pastSection('risen', contrasts.risen, by, digits),
    ],
    main: 'customer_deciles',
    views: auditViews(found),
    answer: async () => auditAnswer(found),
  };
}

function auditMethodology({ assumptions, model, periods, subscribers }: AuditFound): Json {
  const notes = { ...methodology(assumptions), ...subscribers?.notes };
  return {
    ...notes,
    population: 'every customer with a transaction on or before the as-of date, those without any purchase included',
    rounding:
      'money is summed exactly and rounded half-even where it is printed: groups so that they add up to the totals, customers ' +
      'each on its own, so that their rounded profits and revenues may sum to some cents more or less than the totals',
    definition:
      'profit: margin after costs of all rows up to the as-of date; revenue: amounts net of refunds, the rows below zero; ' +
      'margin_before_costs: profit + costs. customer_deciles: equally many customers, ranked by profit. profit_deciles: ' +
      'groups 1 to k are the fewest customers who make k tenths of the profit. destroyed: losses of the customers who make one. ' +
      (periods
        ? 'bridge: customers by whether they bought in two periods; neither: money without a purchase. identity: profit = active ' +
          'customers × purchases per customer × revenue per purchase × margin rate; profit_effect: each factor changed in this ' +
          'order. '
        : '') +
      `cohorts: by the calendar period of the first ${subscribers ? 'payment' : 'purchase'}. ${subscribers ? RETENTION_NOTE : ''}` +
      'past, future: profit and clv at or above their means, ' +
      `below, or none (zero or less).${model ? ` ${notes['definition']}` : ''}`,
  };
}

function totals({ audit: { whole }, population, assumptions, model }: AuditFound): Json {
  const { digits } = assumptions;
  const [money] = pastMoney([whole], digits);
  const exact = (units: bigint): Exact => new Exact(unitsText(units, digits));
  return {
    customers: whole.customers,
    customers_without_purchase: population.withoutPurchase.customers,
    profitable_customers: whole.profitable,
    unprofitable_customers: whole.unprofitable,
    purchases: whole.purchases,
    sales: exact(money!.sales),
    refunds: exact(money!.refunds),
    revenue: exact(money!.revenue),
    margin_before_costs: exact(money!.margin),
    costs: exact(money!.costs),
    profit: exact(money!.profit),
    customer_equity: model ? exact(whole.clv) : null,
  };
}
