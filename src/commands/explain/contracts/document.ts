import { isoOf } from '../../../base/calendar.ts';
import { AMOUNT_SCALE, MARGIN_SCALE, rescale, unitsText } from '../../../base/money.ts';
import { Exact, FIGURE_DIGITS, type Json, type Report } from '../../../data/report.ts';
import { contractModelBlock, contractNotes, fitName } from '../../../report/contracts.ts';
import { envelope } from '../../../report/found.ts';
import { inputBlock } from '../../../report/input.ts';
import { methodology } from '../../../report/methodology.ts';
import { contractExplainAnswer } from '../answer.ts';
import { cashFlowsSection } from '../cash-flows.ts';
import type { ContractExplanation } from './found.ts';
import { contractExplainViews } from './views.ts';

/** The report of `clv explain --contract`: what a subscriber paid, and the cash flows that its CLV is the sum of. */
export function contractExplainReport(explanation: ContractExplanation): Report {
  const { assumptions, settings, lengths, valueAt, subscriptions, totals } = explanation;
  return {
    command: 'explain',
    document: [
      ...envelope(
        'explain',
        explanation,
        { ...methodology(assumptions), ...contractNotes(settings, lengths, valueAt), cash_flows: DEFINITION },
        inputBlock(explanation),
      ),
      ['model', subscriptions.length === 1 ? contractModelBlock(subscriptions[0]!.fitted) : null],
      ['customer', customerBlock(explanation)],
      ['cash_flows', cashFlowsSection(totals, assumptions.asOf, assumptions.digits, 'expected_payments')],
    ],
    main: 'cash_flows',
    views: contractExplainViews(explanation),
    answer: async () => contractExplainAnswer(explanation),
  };
}

const DEFINITION =
  'a row has the payments of whole periods, the first of them as timing says; expected_payments: chances that each is made, ' +
  'summed; expected_margin: margin a period, grown, of these, less retention cost; every figure is the rounded whole up to the ' +
  'end of the row less that up to its start, so the present values sum to the CLV; discount_factor: discounted over ' +
  'undiscounted expected payments of the row, growth in both';

/** The fields that `clv compute` prints of a subscriber, and its subscriptions. */
function customerBlock(explanation: ContractExplanation): Json {
  const { id, subscriber, segment, subscriptions, clv } = explanation;
  const { by, digits } = explanation.assumptions;
  const exact = (value: bigint, scale: number): Json => new Exact(unitsText(rescale(value, scale, digits), digits));
  const money = (value: bigint): Json => new Exact(unitsText(value, digits));
  const figure = (value: number): Json => new Exact(value.toFixed(FIGURE_DIGITS));
  const each = subscriptions.map((one) => ({
    ...(subscriptions.length > 1 && { subscription: one.id }),
    contract: fitName(one.fit),
    model: one.fitted.model.name,
    tenure_periods: one.tenure,
    margin_per_period: new Exact(one.margin.toFixed(digits)),
    p_alive: figure(one.chance),
    retention_next: one.alive ? figure(one.retentionNext) : null,
    dert: figure(one.factor),
    clv: money(one.clv),
  }));
  const { contract: _, model: __, clv: ___, ...only } = each[0] ?? {};
  return {
    customer_id: id,
    ...Object.fromEntries(by.map((name, i) => [name, segment[i] ?? null])),
    first_purchase: isoOf(subscriber.firstPayment),
    last_purchase: isoOf(subscriber.lastPayment),
    revenue: exact(subscriber.revenue, AMOUNT_SCALE),
    margin: exact(subscriber.margin, MARGIN_SCALE),
    ...(each.length === 1 ? only : {}),
    clv: money(clv),
    subscriptions: each,
  };
}
