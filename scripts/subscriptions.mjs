/**
 * Payments of a subscription that does not exist: 800 customers, two plans, monthly by the calendar from each one's first day.
 * Every customer leaves at a renewal with a chance of its own, always the same: Beta(0.6, 6) for basic, Beta(0.5, 9) for plus.
 * Some pay late, some come back after months, a few are refunded. Its numbers are a stream of their own.
 */
import { randomOf } from './random.mjs';

const SUBSCRIBERS = 800;
const LAST = Date.parse('2025-06-30') / 86_400_000;
const PLANS = {
  basic: { alpha: 0.6, beta: 6, price: () => '9.90' },
  plus: { alpha: 0.5, beta: 9, price: (iso) => (iso < '2024-07-01' ? '29.00' : '32.00') },
};

/** The day so many months after another, or the last of a shorter month; month ends stay month ends. */
function due(first, months) {
  const from = new Date(first * 86_400_000);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const end = new Date(Date.UTC(year, from.getUTCMonth() + 1, 0)).getUTCDate();
  const day = from.getUTCDate() === end ? last : Math.min(from.getUTCDate(), last);
  return Date.UTC(year, month, day) / 86_400_000;
}

const isoOf = (number) => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** @param first the first day on which customers start */
export function subscriptions(first) {
  const random = randomOf(20250701);
  const starts = Array.from({ length: SUBSCRIBERS }, () => {
    const start = random.whole(first, LAST);
    return random.uniform() < 0.1 ? due(start - new Date(start * 86_400_000).getUTCDate() + 1, 1) - 1 : start;
  }).sort((a, b) => a - b);
  const rows = starts.flatMap((start, index) =>
    paymentsOf(random, `S${String(1001 + 3 * index)}`, Math.min(start, LAST)),
  );
  rows.sort((a, b) => a.day - b.day);
  const lines = rows.map(({ id, day, amount, plan }) => `${id},${isoOf(day)},${amount},${plan}\n`);
  return `customer_id,date,amount,plan\n${lines.join('')}`;
}

function paymentsOf(random, id, first) {
  const plan = random.pick(['basic', 'plus'], [0.65, 0.35]);
  const { alpha, beta, price } = PLANS[plan];
  const [leave, stay] = [random.gamma(alpha, 1), random.gamma(beta, 1)];
  const churn = leave / (leave + stay);
  const rows = [];
  for (let month = 0; due(first, month) <= LAST; month++) {
    const late = month > 0 && random.uniform() < 0.06 ? random.whole(1, 12) : 0;
    const day = due(first, month) + late;
    if (day > LAST) break;
    const amount = price(isoOf(day));
    rows.push({ id, day, amount, plan });
    if (random.uniform() < 0.006)
      rows.push({ id, day: Math.min(day + random.whole(0, 6), LAST), amount: `-${amount}`, plan });
    if (random.uniform() < churn) {
      if (random.uniform() > 0.08) break;
      month += random.whole(2, 7);
    }
  }
  return rows;
}
