import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { randomOf } from '../scripts/random.mjs';

/**
 * Logs that the common material has not: so many rows of customers who buy once or twice (`many`), or of 2,000 customers who
 * buy on most days (`heavy`). Seeded; columns customer,date,amount; two years from 2022-01-01.
 */
export async function writeLog(kind, rows, path) {
  const random = randomOf(20240601);
  const customers = kind === 'heavy' ? 2000 : Math.ceil(rows / 1.3);
  const dates = Array.from({ length: 729 }, (_, i) => new Date(Date.UTC(2022, 0, 1 + i)).toISOString().slice(0, 10));
  const file = createWriteStream(path);
  let text = 'customer,date,amount\n';
  for (let i = 0; i < rows; i++) {
    const customer = i < customers ? i : random.whole(0, customers - 1);
    const cents = random.whole(100, 20_000);
    const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
    text += `C${String(customer).padStart(8, '0')},${dates[random.whole(0, 728)]},${amount}\n`;
    if (text.length < 1 << 20) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'finish');
}
