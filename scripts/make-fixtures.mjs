/**
 * Writes transactions.csv and margins.csv of a coffee shop that does not exist: `node scripts/make-fixtures.mjs fixtures`.
 * Customers buy as Pareto/NBD has it (r 0.55, α 10.6, s 0.6, β 11.7, in weeks) and spend as gamma–gamma (p 4, q 4, γ 45).
 * The same bytes every time, on every machine.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noteOf } from './notes.mjs';
import { randomOf } from './random.mjs';
import { subscriptions } from './subscriptions.mjs';

const CUSTOMERS = 3000;
/** 2023-01-01 … 2025-06-30, and the last day of the months in which most customers are won. */
const [FIRST, LAST, WINNING] = [day('2023-01-01'), day('2025-06-30'), day('2024-12-31')];

const REGIONS = ['North', 'South', 'East', 'West'];
const REGION_WEIGHTS = [0.38, 0.27, 0.2, 0.15];
const PRODUCTS = ['beans', 'capsules', 'machines', 'accessories', 'courses'];
/** What an order is for, by its size: up to so many cents, these weights of the products. */
const PRODUCT_WEIGHTS = [
  { below: 2500, weights: [0.55, 0.25, 0, 0.2, 0] },
  { below: 9000, weights: [0.5, 0.2, 0, 0.2, 0.1] },
  { below: Infinity, weights: [0.25, 0.05, 0.45, 0.05, 0.2] },
];

const MARGINS = `product,region,margin,from,to
beans,,0.42,,2024-06-30
beans,,0.38,2024-07-01,
capsules,,0.51,,
machines,,0.22,,
machines,North,0.18,,
accessories,,0.45,,
courses,,0.6,,
`;

const random = randomOf(20250630);

function day(iso) {
  return Date.parse(iso) / 86_400_000;
}

function isoOf(number) {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

/** Ids go up with the day a customer is won, with gaps, and all have leading zeros. */
function customers() {
  const won = Array.from({ length: CUSTOMERS }, () =>
    random.uniform() < 0.9 ? random.whole(FIRST, WINNING) : random.whole(WINNING + 1, LAST),
  );
  let id = 100;
  return won
    .sort((a, b) => a - b)
    .map((first) => {
      id += random.whole(1, 5);
      return { id: String(id).padStart(6, '0'), first, region: random.pick(REGIONS, REGION_WEIGHTS) };
    });
}

/** Days on which a customer buys: the first, then at the customer's own rate until the customer's own end. */
function purchaseDays(first) {
  const rate = random.gamma(0.55, 10.6);
  const end = first + 7 * random.exponential(random.gamma(0.6, 11.7));
  const days = [first];
  for (let at = first + 0.5; ; ) {
    at += 7 * random.exponential(rate);
    if (at > end || Math.floor(at) > LAST) return days;
    if (Math.floor(at) > days.at(-1)) days.push(Math.floor(at));
  }
}

/** The rows of one customer: one to three orders a day, refunds on the day or within weeks, a move in mid-life now and then. */
function rowsOf({ id, first, region }) {
  const scale = 45 / random.gamma(4, 1);
  const days = purchaseDays(first);
  const moves = days.length > 2 && random.uniform() < 0.04;
  const later = moves ? random.pick(REGIONS.filter((other) => other !== region)) : region;
  const rows = [];
  for (const [index, date] of days.entries()) {
    const here = index * 2 < days.length ? region : later;
    const cents = Math.max(150, Math.round(random.gamma(4, 1) * scale * 100));
    const orders = random.pick([1, 2, 3], [0.84, 0.12, 0.04]);
    for (const part of parts(cents, orders)) {
      const product = productOf(part);
      const row = { id, date, cents: part, region: here, product, note: noteOf(random) };
      rows.push(row, ...refundOf(row));
    }
  }
  return rows;
}

function productOf(cents) {
  return random.pick(PRODUCTS, PRODUCT_WEIGHTS.find(({ below }) => cents < below).weights);
}

function parts(cents, count) {
  const part = Math.floor(cents / count);
  return Array.from({ length: count }, (_, index) => (index === 0 ? cents - part * (count - 1) : part));
}

function refundOf(row) {
  if (random.uniform() > 0.035) return [];
  const date = random.uniform() < 0.3 ? row.date : row.date + random.whole(1, 45);
  const cents = random.uniform() < 0.6 ? -row.cents : -Math.ceil(row.cents / 2);
  return date > LAST ? [] : [{ ...row, date, cents, note: random.pick(['returned', 'returned, damaged', '']) }];
}

/** Customers who bought before the file begins: it knows only what they sent back. */
function onlyRefunds() {
  return Array.from({ length: 6 }, (_, index) => {
    const cents = random.whole(900, 9000);
    return {
      id: String(12 + index * 9).padStart(6, '0'),
      date: FIRST + random.whole(0, 40),
      cents: -cents,
      region: random.pick(REGIONS, REGION_WEIGHTS),
      product: productOf(cents),
      note: 'returned, bought in 2022',
    };
  });
}

function lineOf({ id, date, cents, region, product, note }) {
  const amount = `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
  const quoted = /[",\n]/.test(note) ? `"${note.replaceAll('"', '""')}"` : note;
  return `${id},${isoOf(date)},${amount},${region},${product},${quoted}\n`;
}

/** By date; rows of a day stay in the order they were made. */
const rows = [...onlyRefunds(), ...customers().flatMap(rowsOf)].sort((a, b) => a.date - b.date);
const folder = process.argv[2] ?? 'fixtures';
writeFileSync(
  join(folder, 'transactions.csv'),
  `customer_id,date,amount,region,product,note\n${rows.map(lineOf).join('')}`,
);
writeFileSync(join(folder, 'margins.csv'), MARGINS);
writeFileSync(join(folder, 'subscriptions.csv'), subscriptions(FIRST));
