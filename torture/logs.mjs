/** A random log of a shop: rows of customer, day, amount and region, of so many customers over two years. */
export function logOf(random, customers) {
  const rows = [];
  for (let i = 0; i < customers; i++) {
    const rate = random.gamma(0.8, 12);
    const life = random.exponential(random.gamma(0.9, 20));
    const mean = random.gamma(6, 0.2);
    const region = random.pick(['north', 'south', 'west, far']);
    const first = random.whole(0, 500);
    for (let at = 0; at <= life * 7 && first + at <= 729; at += 7 * random.exponential(rate) + 0.5) {
      const day = new Date(Date.UTC(2022, 0, 1 + first + Math.floor(at))).toISOString().slice(0, 10);
      const cents = Math.max(1, Math.round(100 * random.gamma(4, 4 / mean)));
      rows.push([`c${i}`, day, `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`, region]);
    }
  }
  return rows;
}

const HEADER = ['customer', 'date', 'amount', 'region'];

export function csvOf(rows, newline = '\n') {
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text}"` : text);
  return `${[HEADER, ...rows].map((row) => row.map(cell).join(',')).join(newline)}${newline}`;
}

/** The same rows in another order. */
export function shuffled(rows, random) {
  const copy = [...rows];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.whole(0, i);
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

/** Options under which a valuation takes little time. */
export const QUICK = ['--margin', '30%', '--model', 'pareto-nbd', '--season', 'none', '-qq'];
