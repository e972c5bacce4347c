// npm run bench: whole commands against the floor (the ledger's engine alone doing the plain mechanics), in ratios of one run.
// Material: ../shared/bench of the project's folder. Options: --full (100 M rows too, some 20 minutes and 12 GB of disk),
// --rows N,… (these sizes instead of 1 M and 10 M), --runs N (default 3), --only NAME,… (help, first, log, book, month, shop), --write (keep
// the table in BENCHMARKS.md); --against COMMIT: that commit's build and this one in turns (against.mjs has the names of --only;
// --rows 1 M, --runs 5 by default).
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { against, CASE_NAMES } from './against.mjs';
import { BOOK_COMMANDS, material, otherThan, pinned, writeBook, writeInput, writeMonth, writeShop } from './inputs.mjs';
import { Failed, interleaved, measure, middle, root } from './measure.mjs';

const fail = (reason) => {
  console.error(`bench: ${reason}: nothing measured`);
  process.exit(1);
};
if (!existsSync(material)) fail(`no ${material}`);
const { values: given } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    against: { type: 'string' },
    rows: { type: 'string' },
    runs: { type: 'string' },
    only: { type: 'string' },
  },
});
const counted = (text) => {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : fail(`${text} is no number of rows or runs`);
};
const known = given.against === undefined ? ['help', 'first', 'log', 'book', 'month', 'shop'] : CASE_NAMES;
const only = given.only?.split(',') ?? known;
for (const name of only) if (!known.includes(name)) fail(`--only ${name} is none of ${known.join(', ')}`);
if (given.write && (given.only || given.against !== undefined)) fail('--write keeps the whole table');
if (given.full && given.against !== undefined) fail('--full is not for --against');
const runs = counted(given.runs ?? (given.against === undefined ? 3 : 5));
const sizes = given.rows?.split(',').map(counted);
const folder = mkdtempSync(join(tmpdir(), 'clv-bench-'));
const bin = join(root, 'bin/clv.js');
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

if (given.against !== undefined) {
  try {
    await against(given.against, { names: only, sizes: sizes ?? [1e6], runs, folder });
    process.exit();
  } catch (error) {
    console.error(`bench: ${error.message}`);
    process.exit(1);
  }
}

const made = (rows, kind) => writeInput(kind, rows, folder);
const out = join(folder, 'out.csv');
const byDefault = (path, ...more) => [bin, 'compute', path, '--margin', '100%', '-q', ...more];
const compute = (path, ...more) => byDefault(path, ...pinned('compute'), ...more);
const bySaved = (path) => byDefault(path, '-o', out, '--use-model', fitted, '--model-error', 'none');
const clv = (path, ...more) => compute(path, '-o', out, ...more);
const floor = (path) => [join(material, 'floor.mjs'), path];

const table = [];
const note = (name, { seconds, megabytes }, ratio = null, against = '') => {
  const row = [name, seconds.toFixed(2), ratio === null ? '' : ratio.toFixed(2), against, megabytes.toFixed(0)];
  table.push(row);
  console.log(row.join(' | '));
};
/** Why `clv inspect` is not measured, if so. */
let uninspected = null;
const size = (rows) => `${rows / 1e6} M rows`;

/** A size against its floor, and what makes it harder against the plain one. */
async function measureSize(rows) {
  const times = rows > 2e7 ? 1 : runs;
  const plain = await made(rows, 'plain');
  const [bare, base] = await interleaved([floor(plain), clv(plain)], times);
  note(`${size(rows)}: floor`, bare);
  note(`${size(rows)}: clv compute`, base, base.seconds / bare.seconds, 'floor');
  if (rows > 2e7) return base;
  const others = {
    'by the defaults': byDefault(plain, '-o', out),
    'no interval': clv(plain, '--interval', 'none'),
    'intervals of customers': clv(plain, '--customer-intervals'),
    'totals alone': compute(plain, '--customers', 'none', '-o', join(folder, 'out.json')),
    'all quoted': clv(await made(rows, 'quoted')),
    'line breaks in quotes': clv(await made(rows, 'notes')),
    'wide, --by region': clv(await made(rows, 'wide'), '--by', 'region'),
    'many customers': bySaved(await made(rows, 'many')),
    'few heavy customers': bySaved(await made(rows, 'heavy')),
  };
  const found = await interleaved(Object.values(others), times);
  for (const [i, name] of Object.keys(others).entries()) {
    note(`${size(rows)}: ${name}`, found[i], found[i].seconds / base.seconds, 'clv compute');
  }
  const totals = found[Object.keys(others).indexOf('totals alone')];
  const reports = {
    'a page': compute(plain, '-o', join(folder, 'out.html')),
    'a workbook without customers': compute(plain, '--customers', 'none', '-o', join(folder, 'out.xlsx')),
  };
  const written = await interleaved(Object.values(reports), times);
  for (const [i, name] of Object.keys(reports).entries()) {
    note(`${size(rows)}: ${name}`, written[i], written[i].seconds / totals.seconds, 'totals alone');
  }
  // A sheet holds no more customers than these rows have.
  if (rows <= 2e6) {
    const [whole] = await interleaved([compute(plain, '-o', join(folder, 'out.xlsx'))], times);
    note(`${size(rows)}: a workbook of all customers`, whole, whole.seconds / base.seconds, 'clv compute');
  }
  if (uninspected) skip(`${size(rows)}: clv inspect`, uninspected);
  else {
    const [inspected] = await interleaved([[bin, 'inspect', plain]], times);
    note(`${size(rows)}: clv inspect`, inspected, inspected.seconds / totals.seconds, 'totals alone');
  }
  const [fit] = await interleaved([[join(root, 'bench/fit.mjs'), plain]], times);
  const alone = JSON.parse(fit.out);
  note(
    `${size(rows)}: fit alone, ${alone.states} states`,
    { ...fit, seconds: alone.seconds },
    alone.seconds / base.seconds,
    'clv compute',
  );
  for (const kind of ['plain', 'quoted', 'notes', 'wide', 'many', 'heavy']) rmSync(join(folder, `${kind}-${rows}.csv`));
  return base;
}

/** Why clv cannot do something, asked on a small input: a sentence, or null. */
async function lack(args) {
  try {
    await measure(args);
    return null;
  } catch (error) {
    if (error instanceof Failed) return error.reason;
    throw error;
  }
}

/** What clv cannot do yet has a row that says so. */
function skip(name, reason) {
  table.push([name, 'not yet', '', '', '']);
  console.log(`${name} | not measured: ${reason}`);
}

/** A shop's wide export against its floor, figures held against the generator's; what clv cannot do is skipped visibly. */
async function measureShop(lines) {
  const answer = join(folder, 'shop.json');
  const shop = (path, ...more) => [bin, 'compute', path, '--margin', '40%', '-q', ...more];
  const commands = {
    'clv compute, totals alone': (path) => shop(path, '--customers', 'none', '--format', 'json', '-o', answer),
    'clv compute': (path) => shop(path, '-o', out),
    'clv inspect': (path) => [bin, 'inspect', path],
  };
  const totals = 'clv compute, totals alone';
  const called = (name) => `${lines / 1e6} M lines of a shop: ${name}`;
  const small = await writeShop(20_000, folder);
  const lacking = {};
  for (const [name, args] of Object.entries(commands)) lacking[name] = await lack(args(small.path));
  const { path, right } = await writeShop(lines, folder);
  const able = Object.keys(commands).filter((name) => lacking[name] === null);
  const [bare, ...found] = await interleaved(
    [[join(root, 'bench/shop-floor.mjs'), path], ...able.map((name) => commands[name](path))],
    runs,
  );
  const floored = JSON.parse(bare.out);
  if (floored.revenue !== right.revenue || floored.customers !== right.customers) throw new Error(`floor: ${bare.out}`);
  const wrong = able.includes(totals) ? otherThan(right, JSON.parse(readFileSync(answer, 'utf8'))) : null;
  if (wrong) throw new Error(called(wrong));
  note(called('floor'), bare);
  for (const name of Object.keys(commands)) {
    const one = found[able.indexOf(name)];
    const base = name === 'clv inspect' ? found[able.indexOf(totals)] : bare;
    if (!one) skip(called(name), lacking[name]);
    else if (!base) note(called(name), one);
    else note(called(name), one, one.seconds / base.seconds, base === bare ? 'floor' : 'totals alone');
  }
  rmSync(path);
}

/** Takes away what is kept beside a book. */
function forget(book) {
  for (const kept of ['states', 'fits']) rmSync(`${book}.${kept}`, { recursive: true, force: true });
}

/** Commands on a book, for the first time and again, against the same on its file, pinned and by the defaults. */
async function measureBook(rows) {
  const book = await writeBook(rows, folder);
  const file = await made(rows, 'plain');
  const answer = join(folder, 'book.json');
  const bytes = statSync(book).size / statSync(file).size;
  console.log(`${size(rows)}: the book has ${bytes.toFixed(2)} of the bytes of the file`);
  for (const choices of ['pinned', 'defaults']) {
    const asked = ([command, ...more], path) => {
      const chosen = choices === 'pinned' ? pinned(command) : [];
      return [bin, command, path, '--margin', '30%', '-q', '-o', answer, ...more, ...chosen];
    };
    for (const [name, words] of Object.entries(BOOK_COMMANDS)) {
      const turns = { file: [], first: [], later: [] };
      for (let turn = 0; turn < runs; turn++) {
        turns.file.push(await measure(asked(words, file)));
        forget(book);
        for (const which of ['first', 'later']) turns[which].push(await measure(asked(words, book)));
      }
      const [ofFile, first, later] = [middle(turns.file), middle(turns.first), middle(turns.later)];
      note(`${size(rows)}: ${name}, ${choices}`, ofFile);
      note(`${size(rows)}: ${name}, ${choices}, of the book`, first, first.seconds / ofFile.seconds, 'of the file');
      note(`${size(rows)}: ${name}, ${choices}, again`, later, later.seconds / ofFile.seconds, 'of the file');
    }
  }
  rmSync(book);
  rmSync(file);
}

/** A month of a book, added and closed, against a statement of its files. */
async function measureMonth(rows) {
  const { log, book, month, before, end } = await writeMonth(rows, folder);
  const copy = join(folder, 'month.clv');
  const how = ['--margin', '30%', '-q', '-o', join(folder, 'month.json'), '--format', 'json', ...pinned('statement')];
  const times = { add: [], close: [], statement: [] };
  for (let turn = 0; turn < runs; turn++) {
    forget(copy);
    copyFileSync(book, copy);
    times.add.push(await measure([bin, 'ledger', 'add', copy, month, '-q']));
    times.close.push(await measure([bin, 'close', copy, '--as-of', end, ...how]));
    times.statement.push(await measure([bin, 'statement', log, month, '--from', before, '--to', end, ...how]));
  }
  const [add, close, statement] = [middle(times.add), middle(times.close), middle(times.statement)];
  const together = { seconds: add.seconds + close.seconds, megabytes: Math.max(add.megabytes, close.megabytes) };
  const called = (name) => `${size(rows)} and a month of ${size(rows * 0.03)} more: ${name}`;
  note(called('a statement of the files'), statement);
  note(called('added to the book'), add, add.seconds / statement.seconds, 'the statement');
  note(called('added and closed'), together, together.seconds / statement.seconds, 'the statement');
  for (const path of [log, book, month, copy]) rmSync(path);
}

const fitted = join(folder, 'model.json');
const small = await made(1e4, 'plain');
if (only.includes('help')) {
  const [help] = await interleaved([[bin, '--help']], runs);
  note('clv --help', help);
}
if (only.includes('first')) {
  const [little] = await interleaved([clv(small)], runs);
  note('10,000 rows', little);
}
const exponents = [];
if (only.includes('log')) {
  uninspected = await lack([bin, 'inspect', small]);
  await measure([...clv(await made(1e5, 'plain'), '--save-model', fitted)]);
  const found = [];
  for (const rows of sizes ?? [1e6, 1e7, ...(given.full ? [1e8] : [])]) found.push([rows, await measureSize(rows)]);
  for (const [i, [rows, { seconds }]] of found.slice(1).entries()) {
    const exponent = Math.log(seconds / found[i][1].seconds) / Math.log(rows / found[i][0]);
    exponents.push(`time grows from ${size(found[i][0])} to ${size(rows)} by the power ${exponent.toFixed(2)}`);
  }
}
if (only.includes('book')) for (const rows of sizes ?? [1e6]) await measureBook(rows);
if (only.includes('month')) for (const rows of sizes ?? [1e7]) await measureMonth(rows);
if (only.includes('shop')) for (const lines of sizes ?? [1e6]) await measureShop(lines);
for (const line of exponents) console.log(line);
if (given.write) writeFileSync(join(root, 'BENCHMARKS.md'), page(exponents));

function page(exponents) {
  const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}`;
  const rows = table.map((row) => `| ${row.join(' | ')} |`).join('\n');
  return `# Benchmarks

From the CSV to a CSV with every customer's CLV, Pareto/NBD lifetime with its interval (\`${pinned('compute').join(' ')}\`, which is
what pinned means below; the defaults try models and months and tell the error of the choice): whole processes, medians of ${runs}, in turns. The floor is DuckDB alone doing the plain mechanics of the same work (read, group, sort, write): no proof, no model.
A shop's export is wide as Shopify writes it (bench/shop-export.mjs: 79 columns, 0.6 orders a line, line breaks in notes); its
floor reads the columns that matter and groups them (bench/shop-floor.mjs), and writes nothing. It is valued by the defaults.
A book is made of the plain log; what the first command works out it keeps, and the next one takes (docs/ledger.md).
Machines differ: compare ratios, not seconds. Two builds are compared by \`npm run bench -- --against COMMIT\`. Made by \`npm run bench -- --write\`.

${new Date().toISOString().slice(0, 10)}, ${machine}

| what | seconds | ratio | of | peak MB |
|---|---:|---:|---|---:|
${rows}

${exponents.map((line) => `${line[0].toUpperCase()}${line.slice(1)}.`).join('\n')}
`;
}
