import { isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { AMOUNT_SCALE, exactText } from '../../base/money.ts';
import type { Payment } from '../../data/subscriptions/payments.ts';

/**
 * What a refund leaves of the last payment before it, 10^-4.
 * @param left what was left of it; null: there is none @throws ClvError E319 before any payment, or of more than was paid
 */
export function afterRefund(customer: string, left: bigint | null, { day, amount }: Payment): bigint {
  const money = (units: bigint): string => exactText(units, AMOUNT_SCALE, 2);
  const refund = { customer, refund: money(-amount), day: isoOf(day) };
  if (left === null) throw new ClvError('E319', { ...refund, ...variant('E319', 'before any payment') });
  if (left + amount < 0n)
    throw new ClvError('E319', { ...refund, ...variant('E319', 'too large', { left: money(left) }) });
  return left + amount;
}
