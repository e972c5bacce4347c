import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../clv.mjs';
import { csvOf, logOf, QUICK, shuffled } from '../logs.mjs';
import { recordsOf } from '../oracle/csv.mjs';
import { holds, same, Wrong } from '../wrong.mjs';

/** Runs a command; its JSON as text, or null where the data do not suffice for a fit, which is no fault. */
async function jsonOf(folder, command, files, ...options) {
  const out = join(folder, `${command}.json`);
  const { code, codes, err } = await run(command, ...files, ...QUICK, ...options, '-o', out);
  if (code === 0) return readFileSync(out, 'utf8');
  if (codes.length > 0 && codes.every((one) => /^E3\d\d$/.test(one))) return null;
  throw new Wrong(`${command} ${options.join(' ')}: ${err}`);
}

/** What is left of a document without its input, in which files have names and hashes. */
const withoutInput = (text) => text.replace(/"input": \{[\s\S]*?\n {2}\},\n/, '');
const cents = (number) => Math.round(number * 100);
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Each law is given the compute document and its text. */
const LAWS = {
  async sums({ document }) {
    const { summary, customers, segments } = document;
    same('equity of customers', sum(customers.map(({ clv }) => cents(clv))), cents(summary.customer_equity));
    same('equity of segments', sum(segments.map((one) => cents(one.customer_equity))), cents(summary.customer_equity));
    same('revenue of customers', sum(customers.map(({ revenue }) => cents(revenue))), cents(summary.revenue));
    same('customers of segments', sum(segments.map((one) => one.customers)), summary.customers);
    const order = customers.map(({ clv }) => clv);
    holds(
      'customers by value',
      order.every((clv, i) => i === 0 || order[i - 1] >= clv),
    );
    return 5;
  },
  async order({ folder, rows, random, text, options }) {
    writeFileSync(join(folder, 'shuffled.csv'), csvOf(shuffled(rows, random)));
    const other = await jsonOf(folder, 'compute', [join(folder, 'shuffled.csv')], ...options);
    same('rows in another order', withoutInput(other ?? ''), withoutInput(text));
    return 1;
  },
  async split({ folder, rows, random, text, options }) {
    const at = random.whole(1, rows.length - 1);
    const files = [rows.slice(0, at), rows.slice(at)].map((part, i) => {
      writeFileSync(join(folder, `part${i}.csv`), csvOf(part));
      return join(folder, `part${i}.csv`);
    });
    const other = await jsonOf(folder, 'compute', files, ...options, '--as-is', 'repeats');
    same('rows in two files', withoutInput(other ?? ''), withoutInput(text));
    return 1;
  },
  async formats({ folder, file, document, options }) {
    const out = join(folder, 'compute.csv');
    const { code } = await run('compute', file, ...QUICK, ...options, '-o', out);
    same('exit of CSV', code, 0);
    const [{ fields: names }, ...records] = recordsOf(readFileSync(out, 'utf8'), ',');
    same('rows of CSV', records.length, document.customers.length);
    let held = 0;
    for (const [i, { fields }] of records.entries())
      for (const [j, name] of names.entries()) {
        const value = document.customers[i][name];
        if (value === undefined) continue;
        const same =
          value === null
            ? fields[j] === ''
            : typeof value === 'number'
              ? Number(fields[j]) === value
              : fields[j] === value;
        if (!same) throw new Wrong(`cell ${name} of customer ${i}: ${fields[j]} in CSV, ${value} in JSON`);
        held++;
      }
    return held;
  },
  async book({ folder, file, text, options }) {
    const book = join(folder, 'shop.clv');
    const { code, err } = await run(
      'ledger',
      'add',
      book,
      file,
      '--keep',
      'region',
      '-qq',
      '-o',
      join(folder, 'added.json'),
    );
    if (code !== 0) throw new Wrong(`ledger add: ${err}`);
    const other = await jsonOf(folder, 'compute', [book], ...options);
    const bare = (one) => withoutInput(one).replace(/"warnings": \[[\s\S]*?\n {2}\],?\n|"warnings": \[\],\n/, '');
    same('a book of the file', bare(other ?? ''), bare(text));
    return 1;
  },
  async statement({ folder, file, document, options }) {
    const text = await jsonOf(
      folder,
      'statement',
      [file],
      '--from',
      '2023-06-30',
      '--to',
      document.methodology.as_of,
      ...options,
    );
    if (text === null) return 0;
    const { lines } = JSON.parse(text).statement;
    const closing = lines.find(({ line }) => line === 'closing');
    same(
      'lines of the statement',
      sum(lines.filter((one) => one !== closing).map(({ amount }) => cents(amount))),
      cents(closing.amount),
    );
    same('closing', closing.amount, document.summary.customer_equity);
    return 2;
  },
  async audit({ folder, file, document }) {
    const text = await jsonOf(folder, 'audit', [file]);
    const deciles = JSON.parse(text).customer_deciles;
    same('revenue of the deciles', sum(deciles.map(({ revenue }) => cents(revenue))), cents(document.summary.revenue));
    same('customers of the deciles', sum(deciles.map(({ customers }) => customers)), document.summary.customers);
    return 2;
  },
  async explain({ folder, file, document, random }) {
    const customer = random.pick(document.customers);
    const text = await jsonOf(folder, 'explain', [file], '--id', customer.customer_id);
    const { cash_flows: flows, customer: explained } = JSON.parse(text);
    same('CLV explained', explained.clv, customer.clv);
    same('present values', sum(flows.map((flow) => cents(flow.present_value))), cents(customer.clv));
    return 2;
  },
  async whatif({ folder, file, document }) {
    const text = await jsonOf(folder, 'whatif', [file]);
    same('baseline', JSON.parse(text).baseline.customer_equity, document.summary.customer_equity);
    return 1;
  },
  async manifest({ folder, file, options }) {
    const [out, manifest] = [join(folder, 'm-out.csv'), join(folder, 'm.json')];
    await run('compute', file, ...QUICK, ...options, '-o', out, '--manifest', manifest);
    same('verified', (await run('verify', manifest, '-qq', '-o', join(folder, 'v.json'))).code, 0);
    const bytes = readFileSync(out);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(out, bytes);
    same('a changed byte', (await run('verify', manifest, '-qq', '-o', join(folder, 'v.json'))).code, 1);
    return 2;
  },
};

/** Laws of the commands on random logs: sums, ties between commands, order, split, formats cell by cell, a book as its files. */
export const laws = {
  name: 'laws',
  share: 3,
  async trial(random, folder, asked) {
    const kind = asked ?? random.pick(Object.keys(LAWS));
    const rows = logOf(random, random.whole(150, 400));
    const file = join(folder, 'data.csv');
    writeFileSync(file, csvOf(rows));
    const options = ['--by', 'region', '--interval', 'none'].slice(0, kind === 'statement' ? 2 : 4);
    const text = await jsonOf(folder, 'compute', [file], '--by', 'region', '--interval', 'none');
    if (text === null) return { kind: 'no fit', figures: 0 };
    const figures = await LAWS[kind]({ folder, rows, file, random, text, document: JSON.parse(text), options });
    return { kind, figures };
  },
};
