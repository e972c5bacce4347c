import { once } from 'node:events';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { writeLog } from './logs.mjs';
import { measure, root } from './measure.mjs';

export const material = join(root, '../shared/bench');

/** Flags of the common material's log for each kind of it; the other kinds have generators of their own. */
const FLAGS = { plain: [], quoted: ['--quoted'], notes: ['--notes'], wide: ['--wide'] };

/** Writes the logs of a kind, so many rows, into a folder. Returns the path. */
export async function writeInput(kind, rows, folder) {
  const path = join(folder, `${kind}-${rows}.csv`);
  if (kind in FLAGS) await measure([join(material, 'make-log.mjs'), String(rows), path, ...FLAGS[kind]]);
  else await writeLog(kind, rows, path);
  return path;
}

/** Writes a book of a plain log of so many rows, and takes the log away. Returns the path. */
export async function writeBook(rows, folder) {
  const file = await writeInput('plain', rows, folder);
  const path = await bookOf(file, rows, folder);
  rmSync(file);
  return path;
}

async function bookOf(file, rows, folder) {
  const path = join(folder, `book-${rows}.clv`);
  await measure([join(root, 'bin/clv.js'), 'ledger', 'add', path, file, '-q']);
  return path;
}

/** The month after a plain log. */
const MONTH = { text: '2024-01', days: 31, end: '2024-01-31', before: '2023-12-31' };
/** The part of a log that comes in a month. */
const PART = 0.03;

/** Writes a plain log of so many rows, a book of it, and the file of the month after it. */
export async function writeMonth(rows, folder) {
  const log = await writeInput('plain', rows, folder);
  const book = await bookOf(log, rows, folder);
  const month = join(folder, `month-${rows}.csv`);
  const lines = Math.round(rows * PART);
  const out = createWriteStream(month);
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(log) })) {
    const day = 1 + Math.floor(((line - 1) * MONTH.days) / lines);
    const row = line === 0 ? text : text.replace(/\d{4}-\d\d-\d\d/, `${MONTH.text}-${String(day).padStart(2, '0')}`);
    if (!out.write(`${row}\n`)) await once(out, 'drain');
    if (++line > lines) break;
  }
  out.end();
  await finished(out);
  return { ...MONTH, log, book, month };
}

/**
 * Commands that a book is for, each as the arguments after the name of the command and the input: totals alone, and what comes
 * after the first command.
 */
export const BOOK_COMMANDS = {
  'totals alone': ['compute', '--customers', 'none', '--format', 'json'],
  'every customer': ['compute', '--format', 'csv'],
  whatif: ['whatif', '--set', 'margin=+1%', '--format', 'json'],
  explain: ['explain', '--state', '2,213,272', '--mean-margin', '22.35', '--format', 'json'],
  validate: ['validate', '--format', 'json'],
  audit: ['audit', '--format', 'json'],
  statement: ['statement', '--format', 'json'],
  series: ['statement', '--every', '1m', '--format', 'json'],
};

const PINNED = ['--model', 'pareto-nbd', '--season', 'none', '--spend-from', 'repeat'];
/** Commands without an interval that the error of a model would widen. */
const WITHOUT_ERROR = ['whatif', 'audit', 'explain'];

/** The options of a command that leave out months, a choice of models and their error. */
export const pinned = (command) => [...PINNED, ...(WITHOUT_ERROR.includes(command) ? [] : ['--model-error', 'none'])];

/** Writes a shop's wide export of so many lines. Returns the path, and what is right of it as shop-export.mjs prints it. */
export async function writeShop(lines, folder) {
  const path = join(folder, `shop-${lines}.csv`);
  const { out } = await measure([join(root, 'bench/shop-export.mjs'), String(lines), path]);
  return { path, right: JSON.parse(out) };
}

/** In what a JSON report of `clv compute` differs from what is right of a shop's export: a sentence, or null. */
export function otherThan(right, report) {
  const { valued, without_purchase } = report.input.reconciliation;
  const customers = valued.customers + without_purchase.customers;
  const revenue = (valued.amount + without_purchase.amount).toFixed(2);
  if (customers === right.customers && revenue === right.revenue) return null;
  return `${customers} customers, ${revenue}; right are ${right.customers}, ${right.revenue}`;
}
