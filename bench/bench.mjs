// npm run bench: whole commands against the floor (the ledger's engine alone doing the plain mechanics), in ratios of one run.
// Material: ../shared/bench of the project's folder. Options: --rows N (default 1000000), --runs N (default 3).
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const material = join(root, '../shared/bench');
if (!existsSync(material)) {
  console.error(`bench: no ${material}: nothing measured`);
  process.exit(1);
}
const option = (name, value) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? value : Number(process.argv[at + 1]);
};
const rows = option('rows', 1_000_000);
const runs = option('runs', 3);
const folder = mkdtempSync(join(tmpdir(), 'clv-bench-'));

/** Wall seconds and peak megabytes (VmHWM) of a command. */
function measure(args) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    let peak = 0;
    let err = '';
    child.stderr.on('data', (data) => (err += data));
    const look = () => {
      try {
        const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        if (found) peak = Math.max(peak, Number(found[1]) / 1024);
      } catch {}
    };
    const timer = setInterval(look, 20);
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code !== 0) reject(new Error(`${args.join(' ')}: exit ${code}\n${err}`));
      else resolve({ seconds: (performance.now() - start) / 1e3, megabytes: peak });
    });
  });
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function medians(args) {
  await measure(args);
  const found = [];
  for (let i = 0; i < runs; i++) found.push(await measure(args));
  return {
    seconds: median(found.map((one) => one.seconds)),
    megabytes: Math.max(...found.map((one) => one.megabytes)),
  };
}

const log = async (name, ...flags) => {
  const path = join(folder, `${name}.csv`);
  await measure([join(material, 'make-log.mjs'), String(rows), path, ...flags]);
  return path;
};
const clv = (path) => [
  join(root, 'bin/clv.js'),
  'compute',
  path,
  '--margin',
  '100%',
  '--interval',
  'none',
  '-q',
  '-o',
  join(folder, 'out.csv'),
];

try {
  const plain = await log('plain');
  const quoted = await log('quoted', '--quoted');
  const notes = await log('notes', '--notes');
  const floor = await medians([join(material, 'floor.mjs'), plain]);
  const base = await medians(clv(plain));
  const table = [
    ['floor', floor, floor],
    ['plain', base, floor],
    ['all quoted', await medians(clv(quoted)), base],
    ['line breaks in quotes', await medians(clv(notes)), base],
    ['clv --help', await medians([join(root, 'bin/clv.js'), '--help']), null],
  ];
  console.log(`${rows} rows, medians of ${runs}; floor and plain are held against the floor, the others against plain`);
  for (const [name, { seconds, megabytes }, against] of table) {
    const ratio = against ? `${(seconds / against.seconds).toFixed(2)} ×` : '';
    console.log(
      `${name.padEnd(24)} ${seconds.toFixed(2).padStart(8)} s ${ratio.padStart(8)} ${megabytes.toFixed(0).padStart(6)} MB`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
