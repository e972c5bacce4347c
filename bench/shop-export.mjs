// Writes a seeded order export of a shop, wide as Shopify writes it: node bench/shop-export.mjs LINES OUT.csv
// One line an item, some 0.6 orders a line, newest first. The first line of an order carries it; further lines repeat Name,
// Email, Created at and Vendor beside their item. Two years of New York, USD, taxes added to the Total. Customers come and
// stay as a Pareto/NBD has them: some 40 % of the orders are of people who buy more than once. 3 % of the customers left a
// phone alone; 1 % of the orders have their e-mail in another case, 1 % a note with a line break. Same bytes everywhere.
// Prints what is right on stdout: lines, orders, those that count (of customers known by e-mail or phone) and what was kept.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { randomOf } from '../scripts/random.mjs';

const HEADER =
  'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References';
const PLACES = new Map(HEADER.split(',').map((name, place) => [name, place]));
const blank = Array.from(PLACES, () => '');

const DAY = 86_400;
const START = Date.UTC(2023, 0, 1, 5) / 1000;
const WEEKS = 104;

const random = randomOf(20240601);
const target = Number(process.argv[2]);
const out = process.argv[3];
if (!Number.isInteger(target) || target < 1 || target > 2e7 || !out) {
  console.error('usage: node bench/shop-export.mjs LINES OUT.csv (1 to 20,000,000 lines)');
  process.exit(2);
}

/** Orders of the whole shop: whose, when (seconds since START), of how many lines. Together exactly `target` lines. */
function drawOrders() {
  const [when, who, lines] = [new Int32Array(target), new Int32Array(target), new Uint8Array(target)];
  const levels = [];
  let [n, written] = [0, 0];
  while (written < target) {
    const customer = levels.length;
    levels.push(random.gamma(3.74, 15.44));
    const rate = random.gamma(0.6, 48);
    const life = random.exponential(Math.max(random.gamma(0.6, 11.7), 1e-12));
    let week = random.uniform() * WEEKS;
    const end = Math.min(WEEKS, week + life);
    for (; week < end && written < target; week += random.exponential(Math.max(rate, 1e-12))) {
      when[n] = Math.floor(week * 7 * DAY);
      who[n] = customer;
      lines[n] = Math.min(random.pick([1, 2, 3, 4, 5], [0.62, 0.2, 0.1, 0.05, 0.03]), target - written);
      written += lines[n++];
    }
  }
  const keys = Float64Array.from({ length: n }, (_, i) => when[i] * 2 ** 25 + i).sort();
  return { when, who, lines, levels, order: Uint32Array.from(keys, (key) => key % 2 ** 25) };
}

/** Midnight (UTC) of the n-th Sunday of a month, in seconds. */
function sunday(year, month, n) {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return Date.UTC(year, month, 1 + ((7 - first) % 7) + 7 * (n - 1)) / 1000;
}
/** Summer time of New York: from 2:00 EST of March's second Sunday to 2:00 EDT of November's first. */
const summers = [2023, 2024].map((year) => [sunday(year, 2, 2) + 7 * 3600, sunday(year, 10, 1) + 6 * 3600]);
const days = Array.from({ length: 740 }, (_, i) => new Date((START + i * DAY) * 1000).toISOString().slice(0, 10));
const two = (n) => String(n).padStart(2, '0');

/** A second since START as the shop writes it: its own clock with its offset. */
function timestamp(second) {
  const summer = summers.some(([from, to]) => START + second >= from && START + second < to);
  const local = second + (summer ? 3600 : 0);
  const rest = local % DAY;
  const clock = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  return `${days[Math.floor(local / DAY)]} ${clock} ${summer ? '-0400' : '-0500'}`;
}

const FIRST = ['Ada', 'Bo', 'Cleo', 'Dov', 'Eli', 'Fay', 'Gus', 'Hana', 'Ivo', 'Jun', 'Kai', 'Lea', 'Mio'];
const LAST = ['Alder', 'Birch', 'Cedar', 'Dale', 'Elm', 'Fern', 'Grove', 'Heath', 'Ivy', 'Juniper', 'Kerr'];
const CITIES = ['Albany', 'Boston', 'Camden', 'Dover', 'Elmira', 'Fulton', 'Geneva'];
const STATES = [
  ['NY', 'New York'],
  ['MA', 'Massachusetts'],
  ['NJ', 'New Jersey'],
  ['VT', 'Vermont'],
  ['CT', 'Connecticut'],
];
const ITEMS = ['Mug', 'Plate', 'Bowl', 'Vase', 'Tray - oak', 'Cup', 'Rug, 80 x 120', 'Lamp', 'Clock', 'Frame 8" x 10"'];
const NOTES = ['ring twice,\nplease', 'gift wrap: "with love",\nno invoice\nin the box', 'leave at\nthe door'];
const STATUSES = ['paid', 'refunded', 'partially_refunded', 'pending', 'voided', 'authorized', 'partially_paid'];
const SHARES = [0.88, 0.03, 0.03, 0.02, 0.02, 0.01, 0.01];
const NEVER_PAID = new Set(['pending', 'voided', 'authorized']);

const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const money = (cents) => `${Math.floor(cents / 100)}.${two(cents % 100)}`;

/** A line of the cells that the parts name, all else blank. */
function line(...parts) {
  const cells = blank.slice();
  for (const part of parts) for (const name in part) cells[PLACES.get(name)] = quoted(part[name]);
  return `${cells.join(',')}\n`;
}

/** What is the same on all orders of a customer. */
function person(customer) {
  const first = FIRST[customer % FIRST.length];
  const [code, state] = STATES[(customer * 7) % STATES.length];
  const flat = customer % 9 === 0 ? `Apt ${(customer % 40) + 1}` : '';
  const street = `${(customer % 890) + 10} ${LAST[(customer * 3) % LAST.length]} Street`;
  const city = CITIES[(customer * 5) % CITIES.length];
  const zip = `'${String(((customer * 31) % 9400) + 501).padStart(5, '0')}`;
  const known = (customer * 61) % 100 >= 3;
  return {
    name: `${first} ${LAST[customer % LAST.length]}`,
    email: known ? `${first.toLowerCase()}${String(customer).padStart(6, '0')}@example.com` : '',
    phone: known ? '' : `+1555${String(customer).padStart(7, '0')}`,
    address: {
      'Billing Street': flat ? `${street}, ${flat}` : street,
      'Billing Address1': street,
      'Billing Address2': flat,
      'Billing City': city,
      'Billing Zip': zip,
      'Billing Province': code,
      'Billing Country': 'US',
      'Billing Province Name': state,
      'Shipping Street': flat ? `${street}, ${flat}` : street,
      'Shipping Address1': street,
      'Shipping Address2': flat,
      'Shipping City': city,
      'Shipping Zip': zip,
      'Shipping Province': code,
      'Shipping Country': 'US',
      'Shipping Province Name': state,
    },
  };
}

/** The items of an order, each with its cents and its cells. */
function drawItems(count, level) {
  return Array.from({ length: count }, () => {
    const item = random.whole(0, ITEMS.length - 1);
    const quantity = random.pick([1, 2, 3], [0.8, 0.15, 0.05]);
    const price = Math.max(100, Math.round(random.gamma(6.25, level) * 100));
    const cells = {
      'Lineitem quantity': String(quantity),
      'Lineitem name': ITEMS[item],
      'Lineitem price': money(price),
      'Lineitem sku': `SKU-${two(item + 1)}`,
      'Lineitem requires shipping': 'true',
      'Lineitem taxable': 'true',
      'Lineitem fulfillment status': 'fulfilled',
      'Lineitem discount': '0.00',
      Vendor: 'Potter',
    };
    return { cents: quantity * price, cells };
  });
}

/** What an order of so many cents has of each money column, by its status: kept = total − refunded − outstanding. */
function drawMoney(gross) {
  const status = random.pick(STATUSES, SHARES);
  const discount = random.uniform() < 0.12 ? Math.floor(gross / 10) : 0;
  const shipping = random.pick([0, 490, 750]);
  const subtotal = gross - discount;
  const taxes = Math.round((subtotal + shipping) * 0.08);
  const total = subtotal + shipping + taxes;
  const part = Math.round((total * random.whole(20, 60)) / 100);
  const refunded = { refunded: total, partially_refunded: part }[status] ?? 0;
  const outstanding = NEVER_PAID.has(status) ? total : status === 'partially_paid' ? part : 0;
  return { status, discount, shipping, subtotal, taxes, total, refunded, outstanding };
}

const { when, who, lines, levels, order } = drawOrders();
const right = { lines: target, orders: order.length, purchases: 0, customers: 0, repeatBuyers: 0, ofRepeatBuyers: 0 };
const bought = new Uint16Array(levels.length);
let [kept, text] = [0, `${HEADER}\n`];
const file = createWriteStream(out);
for (let rank = order.length - 1; rank >= 0; rank--) {
  const i = order[rank];
  const { name, email, phone, address } = person(who[i]);
  const items = drawItems(lines[i], levels[who[i]]);
  const sums = drawMoney(items.reduce((sum, { cents }) => sum + cents, 0));
  const written = random.uniform() < 0.01 ? email.replace(/^./, (c) => c.toUpperCase()).replace('.com', '.Com') : email;
  const created = timestamp(when[i]);
  const paid = sums.status === 'paid' || sums.status === 'refunded';
  const common = { Name: `#${1001 + rank}`, Email: written, 'Created at': created };
  const carried = {
    'Financial Status': sums.status,
    'Paid at': paid ? created : '',
    'Fulfillment Status': paid ? 'fulfilled' : 'unfulfilled',
    'Fulfilled at': paid ? timestamp(Math.min(when[i] + DAY, WEEKS * 7 * DAY)) : '',
    'Accepts Marketing': who[i] % 3 ? 'no' : 'yes',
    Currency: 'USD',
    Subtotal: money(sums.subtotal),
    Shipping: money(sums.shipping),
    Taxes: money(sums.taxes),
    Total: money(sums.total),
    'Discount Code': sums.discount ? 'TEN' : '',
    'Discount Amount': money(sums.discount),
    'Shipping Method': 'Standard',
    'Billing Name': name,
    'Shipping Name': name,
    'Billing Phone': phone,
    Notes: random.uniform() < 0.01 ? random.pick(NOTES) : '',
    'Cancelled at': sums.status === 'voided' ? timestamp(Math.min(when[i] + 7200, WEEKS * 7 * DAY)) : '',
    'Payment Method': 'Shopify Payments',
    'Refunded Amount': money(sums.refunded),
    'Outstanding Balance': money(sums.outstanding),
    Id: String(5_550_000_001_001 + rank),
    'Risk Level': 'Low',
    Source: 'web',
    'Tax 1 Name': 'Sales Tax 8%',
    'Tax 1 Value': money(sums.taxes),
    Phone: phone,
  };
  for (const [at, { cells }] of items.entries())
    text += at === 0 ? line(common, carried, address, cells) : line(common, cells);
  if (!NEVER_PAID.has(sums.status)) {
    right.purchases++;
    bought[who[i]]++;
    kept += sums.total - sums.refunded - sums.outstanding;
  }
  if (text.length < 1 << 20) continue;
  if (!file.write(text)) await once(file, 'drain');
  text = '';
}
file.end(text);
await once(file, 'finish');
for (const times of bought) {
  if (times > 0) right.customers++;
  if (times > 1) right.repeatBuyers++;
  if (times > 1) right.ofRepeatBuyers += times;
}
console.log(JSON.stringify({ ...right, revenue: money(kept) }));
