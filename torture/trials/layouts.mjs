import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { MODEL, run } from '../clv.mjs';
import { dayReader } from '../layouts/dates.mjs';
import { exportOf } from '../layouts/exports.mjs';
import { recordsOf } from '../oracle/csv.mjs';
import { totalsOf, valuedOf } from '../oracle/layouts.mjs';
import { holds, same, Wrong } from '../wrong.mjs';

const FOLDER = join(import.meta.dirname, '../../src/layouts');
const LAYOUTS = readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));

/** Those of which customers are valued, and those that are known and refused. */
const [READ, REFUSED] = [true, false].map((read) => LAYOUTS.filter(({ refuse }) => (refuse === undefined) === read));

const QUICK = ['--margin', '40%', '--use-model', MODEL, '--interval', 'none', '--format', 'json', '-qq'];
const cents = (number) => Math.round(number * 100);
const account = ({ records, amount }) => [records, Number(amount)];

/** How texts become the bytes of files. */
function written(texts, layout, folder, random) {
  const latin = layout.encoding !== undefined && !texts.join('').includes('€') && random.whole(0, 1) === 0;
  const form = random.pick(['plain', 'plain', 'mark', 'utf-16', 'gzip']);
  return texts.map((text, i) => {
    const name = join(folder, `export${i}.csv${form === 'gzip' && !latin ? '.gz' : ''}`);
    let bytes = Buffer.from(form === 'mark' && !latin ? `\ufeff${text}` : text, latin ? 'latin1' : 'utf8');
    if (form === 'utf-16' && !latin) bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    writeFileSync(name, form === 'gzip' && !latin ? gzipSync(bytes) : bytes);
    return name;
  });
}

/** A refused layout says so. */
async function refused(layout, folder) {
  const file = join(folder, 'refused.csv');
  writeFileSync(file, `${layout.match.columns.join(',')}\n${layout.match.columns.map(() => '1').join(',')}\n`);
  const { code, codes, err } = await run('compute', file, ...QUICK, '-o', join(folder, 'out.json'));
  same(`a layout that is refused (${err})`, [code, codes[0]], [65, 'E289']);
  return { kind: layout.name, figures: 1 };
}

/** What stands at the place of an error is what it is about. */
function checkPlace(err, code, files, { file, line, column }) {
  const told = new RegExp(`error\\[${code}\\] (\\S+?):(\\d+):(\\d+): `).exec(err);
  holds(`${code} without a place: ${err}`, told !== null);
  same(`the place of ${code} (${err})`, [told[1], Number(told[2]), Number(told[3])], [files[file], line, column]);
}

/** The rejects as listed, each where the oracle has one and with its text. */
function checkRejects(list, rejects, files, texts) {
  const found = recordsOf(readFileSync(list, 'utf8'), ',').slice(1);
  const rows = found.map(({ fields: [file, line, column, code] }) => [
    files.indexOf(file),
    Number(line),
    Number(column),
    code,
  ]);
  const right = rejects.map(({ file, line, column, codes }, i) => {
    const code = rows[i]?.[3];
    return [file, line, column, codes.includes(code) ? code : codes[0]];
  });
  same('rejects with their places', rows, right);
  for (const [i, { text }] of rejects.entries()) {
    const [file, line, column] = rows[i];
    const at = texts[file].split(/\r\n|\r|\n/)[line - 1];
    const there = [...at]
      .slice(column - 1)
      .join('')
      .replace(/^"/, '');
    holds(`${text} stands at ${line}:${column}`, there.startsWith(text.split(/\n/)[0]));
  }
  return 2 * rejects.length;
}

/** Customers as they are printed, against days and money of the oracle. */
function checkCustomers(found, right) {
  const rows = found.map((one) => [
    one.customer_id,
    cents(one.revenue),
    one.purchases,
    one.first_purchase,
    one.last_purchase,
  ]);
  const wanted = [...right].map(([id, { revenue, purchases, first, last }]) => [
    id,
    Number(revenue),
    purchases,
    first,
    last,
  ]);
  const byId = (a, b) => (a[0] < b[0] ? -1 : 1);
  same('customers', rows.sort(byId), wanted.sort(byId));
  return 4 * wanted.length;
}

/**
 * A generated export of a system that the program knows: every account of its reconciliation and each customer's revenue and
 * purchases are those of an oracle that reads the layout by its documentation, or what is wrong is told with its place.
 */
export const layouts = {
  name: 'layouts',
  share: 3,
  async trial(random, folder, asked) {
    if (asked === undefined && random.whole(0, 29) === 0) return refused(random.pick(REFUSED), folder);
    const layout = READ.find(({ name }) => name === asked) ?? random.pick(READ);
    const { texts, delimiter, mark, format, time, faults } = exportOf(layout, random);
    const files = written(texts, layout, folder, random);
    const onlyCurrency = faults.currencies && random.whole(0, 3) > 0 ? 'EUR' : null;
    const net = layout.net !== undefined && random.whole(0, 3) === 0;
    const years = format === 'DDMM' ? [2024] : [2023, 2024];
    const settings = { delimiter, mark, onlyCurrency, amount: net ? layout.net : layout.amount };
    const right = totalsOf(texts, layout, { ...settings, dayOf: dayReader(format, time, years) });
    const days = right.accepted.map(({ day }) => day).sort();
    const asOf = random.whole(0, 3) === 0 && days.length > 0 ? random.pick(days) : days.at(-1);
    const [out, list] = [join(folder, 'out.json'), join(folder, 'rejects.csv')];
    const words = [...QUICK, '--rejects', list, '--max-rejects', '99%', '--as-is', 'repeats', '-o', out];
    if (onlyCurrency) words.push('--only-currency', onlyCurrency);
    if (net) words.push('--net');
    if (asOf !== days.at(-1)) words.push('--as-of', asOf);
    const { code, codes, err } = await run('compute', ...files, ...words);
    const kind = layout.name;
    if (right.error?.code === 'E136') {
      same(`no column of the currency (${err})`, [code, codes[0]], [2, 'E136']);
      return { kind, figures: 1 };
    }
    if (right.error) {
      holds(
        `${right.error.code} is wrong, and told is ${code}: ${err}`,
        code === 65 && codes.includes(right.error.code),
      );
      checkPlace(err, right.error.code, files, right.error);
      return { kind, figures: 2 };
    }
    const currencies = new Set(right.accepted.map(({ currency }) => currency));
    if (currencies.size > 1) {
      same(`two currencies (${err})`, [code, codes[0]], [65, 'E291']);
      return { kind, figures: 1 };
    }
    const added = right.accepted.some(({ away, amount }) => away && amount > 0n);
    if (added && right.accepted.some(({ away }) => !away)) {
      same(`a minus that would add (${err})`, [code, codes[0]], [65, 'E220']);
      return { kind, figures: 1 };
    }
    const { customers, valued, without, after } = valuedOf(right.accepted, asOf);
    if (customers.size === 0) {
      holds(`nobody to value: ${err}`, code === 65 && ['E281', 'E309', 'E241'].includes(codes[0]));
      return { kind, figures: 1 };
    }
    if (code !== 0) throw new Wrong(`an export that can be read is refused: ${err}`);
    const document = JSON.parse(readFileSync(out, 'utf8'));
    const told = document.input.reconciliation;
    same('layout', document.input.reading.layout.name, layout.name);
    same('records', told.total.records, right.records);
    const pairs = [
      ['valued', told.valued, valued],
      ['without purchase', told.without_purchase, without],
      ['after the as-of date', told.after_as_of, after],
      ['repeated', told.repeated, right.repeated],
      ['without customer', told.without_customer, right.without],
      ['continuation lines', told.continuation_lines, { records: right.continuation, amount: 0n }],
    ];
    for (const [what, found, wanted] of pairs)
      same(what, account({ ...found, amount: cents(found.amount) }), account(wanted));
    same('customers that are valued', told.valued.customers, valued.customers);
    same('rejected', told.rejected.records, right.rejects.length);
    const sorted = (list) => list.map((one) => JSON.stringify(one)).sort();
    const left = told.left_out.map((one) => [one.column, one.value, one.reason, one.records, cents(one.amount)]);
    const wanted = [...right.leftOut.values()].map((one) => [one.column, one.value, one.reason, ...account(one)]);
    const [ours, theirs] = [sorted(left), sorted(wanted)];
    same(
      'left out',
      ours.filter((one) => !theirs.includes(one)),
      theirs.filter((one) => !ours.includes(one)),
    );
    const figures = checkRejects(list, right.rejects, files, texts) + checkCustomers(document.customers, customers);
    return { kind, figures: figures + 15 + 2 * wanted.length };
  },
};
