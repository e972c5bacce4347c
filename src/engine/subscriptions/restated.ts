import type { Payment } from '../../data/subscriptions/payments.ts';
import { afterRefund } from './refunds.ts';

/** Payments as if what was wholly given back had never been paid; less than all is money only. @throws ClvError E319 */
export function restated(customer: string, payments: readonly Payment[]): readonly Payment[] {
  const kept: Payment[] = [];
  let last: { readonly payment: Payment; readonly left: bigint } | null = null;
  for (const payment of payments) {
    if (payment.amount >= 0n) {
      kept.push(payment);
      if (payment.amount > 0n) last = { payment, left: payment.amount };
      continue;
    }
    const left = afterRefund(customer, last?.left ?? null, payment);
    if (left === 0n) kept.splice(kept.indexOf(last!.payment), 1);
    last = { payment: last!.payment, left };
  }
  return kept;
}
