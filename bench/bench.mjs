// npm run bench: whole commands against the floor (the ledger's engine alone doing the plain mechanics), in ratios of one run.
// Material: ../shared/bench of the project's folder. Options: --full (100 M rows too, some 20 minutes and 12 GB of disk),
// --rows N (one size instead of 1 M and 10 M), --runs N (default 3), --write (keep the table in BENCHMARKS.md).
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { writeLog } from './logs.mjs';
import { interleaved, measure, root } from './measure.mjs';

const material = join(root, '../shared/bench');
if (!existsSync(material)) {
  console.error(`bench: no ${material}: nothing measured`);
  process.exit(1);
}
const given = process.argv.slice(2);
const option = (name, value) => (given.includes(`--${name}`) ? Number(given[given.indexOf(`--${name}`) + 1]) : value);
const runs = option('runs', 3);
const sizes = given.includes('--rows') ? [option('rows')] : [1e6, 1e7, ...(given.includes('--full') ? [1e8] : [])];
const folder = mkdtempSync(join(tmpdir(), 'clv-bench-'));
const bin = join(root, 'bin/clv.js');

const made = async (rows, name, ...flags) => {
  const path = join(folder, `${name}-${rows}.csv`);
  if (name === 'many' || name === 'heavy') await writeLog(name, rows, path);
  else await measure([join(material, 'make-log.mjs'), String(rows), path, ...flags]);
  return path;
};
const out = join(folder, 'out.csv');
const compute = (path, ...more) => [bin, 'compute', path, '--margin', '100%', '-q', ...more];
const clv = (path, ...more) => compute(path, '-o', out, ...more);
const floor = (path) => [join(material, 'floor.mjs'), path];

const table = [];
const note = (name, { seconds, megabytes }, ratio = null, against = '') => {
  const row = [name, seconds.toFixed(2), ratio === null ? '' : ratio.toFixed(2), against, megabytes.toFixed(0)];
  table.push(row);
  console.log(row.join(' | '));
};
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
    'no interval': clv(plain, '--interval', 'none'),
    'totals alone': compute(plain, '--customers', 'none', '-o', join(folder, 'out.json')),
    'all quoted': clv(await made(rows, 'quoted', '--quoted')),
    'line breaks in quotes': clv(await made(rows, 'notes', '--notes')),
    'wide, --by region': clv(await made(rows, 'wide', '--wide'), '--by', 'region'),
    'many customers': clv(await made(rows, 'many'), '--use-model', fitted),
    'few heavy customers': clv(await made(rows, 'heavy'), '--use-model', fitted),
  };
  const found = await interleaved(Object.values(others), times);
  for (const [i, name] of Object.keys(others).entries()) {
    note(`${size(rows)}: ${name}`, found[i], found[i].seconds / base.seconds, 'clv compute');
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

const fitted = join(folder, 'model.json');
try {
  const small = await made(1e4, 'plain');
  await measure([...clv(await made(1e5, 'plain'), '--save-model', fitted)]);
  const [help, little] = await interleaved([[bin, '--help'], clv(small)], runs);
  note('clv --help', help);
  note('10,000 rows', little);
  const found = [];
  for (const rows of sizes) found.push([rows, await measureSize(rows)]);
  const exponents = found.slice(1).map(([rows, { seconds }], i) => {
    const exponent = Math.log(seconds / found[i][1].seconds) / Math.log(rows / found[i][0]);
    return `time grows from ${size(found[i][0])} to ${size(rows)} by the power ${exponent.toFixed(2)}`;
  });
  for (const line of exponents) console.log(line);
  if (given.includes('--write')) writeFileSync(join(root, 'BENCHMARKS.md'), page(exponents));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function page(exponents) {
  const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}`;
  const rows = table.map((row) => `| ${row.join(' | ')} |`).join('\n');
  return `# Benchmarks

From the CSV to a CSV with every customer's CLV, Pareto/NBD lifetime with its interval: whole processes, medians of ${runs}, in
turns. The floor is DuckDB alone doing the plain mechanics of the same work (read, group, sort, write): no proof, no model.
Machines differ: compare ratios, not seconds. Made by \`npm run bench -- --write\`.

${new Date().toISOString().slice(0, 10)}, ${machine}

| what | seconds | ratio | of | peak MB |
|---|---:|---:|---|---:|
${rows}

${exponents.map((line) => `${line[0].toUpperCase()}${line.slice(1)}.`).join('\n')}
`;
}
