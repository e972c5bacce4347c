import type { Contracts } from '../../../src/data/contracts.ts';
import type { TermRules } from '../../../src/data/subscriptions/payments.ts';
import type { LoadPlan } from '../../../src/ledger/plan.ts';
import type { ContractReading } from '../../../src/valuation/contracts/subscribers.ts';
import { readSubscriptions } from '../../../src/valuation/contracts/subscriptions.ts';
import { rules } from '../../engine/subscriptions/payments.ts';
import { day, type Line, PLAIN, withLedger } from '../../ledger/helpers.ts';

/** Rows of payments; the keys of lines are the plan, and perhaps the subscription. */
function paymentPlan(lines: readonly Line[], others: Partial<LoadPlan> = {}): LoadPlan {
  const width = (lines[0]?.length ?? 3) - 3;
  const subscriptions = {
    plan: width > 0 ? 0 : null,
    subscription: width > 1 ? 1 : null,
    currency: null,
    start: null,
    end: null,
    givenBack: null,
  };
  return { ...PLAIN, keys: ['plan', 'subscription'].slice(0, width), subscriptions, ...others };
}

/** The subscriptions of some lines as of a day. */
export function subscriptionsIn(
  lines: readonly Line[],
  asOf: string,
  terms: TermRules,
  {
    priceNow = null,
    ...plan
  }: Partial<LoadPlan> & {
    readonly priceNow?: ContractReading['priceNow'];
  } = {},
): Promise<Contracts> {
  return withLedger(lines, async (ledger) => {
    await ledger.load(paymentPlan(lines, plan));
    await ledger.rollUp({ asOf: day(asOf), spendFrom: 'all', fillMeans: false });
    return readSubscriptions(ledger, { terms, priceNow }, day(asOf));
  });
}

/** [paid periods, whether it runs, renewals decided and made, whether lost] of one customer who pays 10 on some days. */
export async function runOf(days: readonly string[], asOf: string, contract = '1m', grace = 15): Promise<number[]> {
  const lines = days.map((date): Line => ['a', date, '10.00']);
  const { cells } = await subscriptionsIn(lines, asOf, rules(contract, { grace }));
  if (cells.length !== 1 || cells.count[0] !== 1) throw new Error(`${cells.length} cells`);
  return [cells.tenure[0]!, cells.alive[0]!, cells.made[0]!, cells.lost[0]!];
}
