import { spawnSync } from 'node:child_process';
import { createReadStream, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { customers, gzipped, longLine, oneCustomer, segments, wide, workbook } from '../bombs/makers.mjs';
import { holds, same } from '../wrong.mjs';

const CLV = join(import.meta.dirname, '../../bin/clv.js');
/** KiB that a run may address (ulimit -v), so that what grows without end fails here and not on the machine. */
const ADDRESSES = 12 << 20;

/** The peak of a run in KiB as the system counted it, written where it ends. */
const PEAK =
  "import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(process.env.PEAK,String(process.resourceUsage().maxRSS)))";

const MODEL = {
  ...{ name: 'pareto-nbd', time_unit: 'week', parameters: { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 } },
  spend: { name: 'gamma-gamma', spend_from: 'all', parameters: { p: 6.25, q: 3.74, gamma: 15.44 } },
};
const AUDIT = ['audit', '--margin', '50%'];
const COMPUTE = [
  'compute',
  '--margin',
  '50%',
  '--use-model',
  'model.json',
  '--interval',
  'none',
  '--customers',
  'none',
];

/**
 * By name: the file, made by a size, the command, megabytes of memory that it may take at most, and either the code of its error
 * or figures of the input: records, customers, amount; of segments every one is there and they sum to it. Some take so long that they
 * are tried only where they are asked for.
 */
const bombsAt = (scale) => {
  const many = Math.round(1_000_000 * scale);
  const megabytes = Math.max(100, Math.round(2000 * scale));
  const all = [2 * many, many, 7 * many];
  return {
    'a long line': {
      file: 'line.csv',
      make: longLine,
      size: Math.max(9, 300 * scale),
      run: AUDIT,
      most: 800,
      code: 'E238',
    },
    'a gzip file': { file: 'bomb.csv.gz', make: gzipped, size: megabytes, run: AUDIT, most: 800, code: 'E245' },
    'a workbook': { file: 'bomb.xlsx', make: workbook, size: megabytes, run: AUDIT, most: 800, code: 'E245' },
    '10,000 columns': { file: 'wide.csv', make: wide, size: 10_000, run: AUDIT, most: 800, figures: [3, 3, 15] },
    '10,001 columns': { file: 'wider.csv', make: wide, size: 10_001, run: AUDIT, most: 800, code: 'E238' },
    'one customer': {
      ...{ file: 'one.csv', make: oneCustomer, size: many, run: AUDIT, most: 1500 },
      figures: [many + 400, 201, 4000 + many / 100],
    },
    'many customers': {
      ...{ file: 'many.csv', make: customers, size: 20 * many, run: COMPUTE, most: 6000, byHand: true },
      figures: [25 * many, 20 * many, 80 * many],
    },
    'audited segments': {
      ...{ file: 'audited.csv', make: segments, size: many, run: [...AUDIT, '--by', 'segment'], most: 4500 },
      ...{ figures: all, segments: true },
    },
    'valued segments': {
      ...{ file: 'valued.csv', make: segments, size: many, run: [...COMPUTE, '--by', 'segment'], most: 3000 },
      ...{ figures: all, segments: true },
    },
  };
};

/** A document whose lists have a row a line: of its segments only how many and their sums, of its customers nothing. */
async function documentOf(path) {
  let text = '';
  let list = null;
  const segments = { count: 0, customers: 0, revenue: 0 };
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const name = /^ {2}"(segments|customers)": \[$/.exec(line)?.[1];
    if (list !== null && !line.startsWith('  ]')) {
      if (list !== 'segments') continue;
      const { customers, revenue } = JSON.parse(line.replace(/,$/, ''));
      segments.count++;
      segments.customers += customers;
      segments.revenue += revenue;
      continue;
    }
    list = name ?? null;
    text += `${line}\n`;
  }
  return { ...JSON.parse(text), segments };
}

/** Runs a command in a folder within the caps; its exit code, what it said, its document and its peak in MB. */
async function ran(folder, [command, ...options], file) {
  const [out, peak] = ['out.json', 'peak'].map((name) => join(folder, name));
  const words = [command, file, ...options, '-qq', '-o', out];
  const env = { ...process.env, TMPDIR: folder, PEAK: peak, NODE_OPTIONS: `--import=data:text/javascript,${PEAK}` };
  const shell = ['-c', `ulimit -v ${ADDRESSES}; exec "$@"`, 'sh', process.execPath, CLV, ...words];
  const { status, stderr } = spawnSync('sh', shell, { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  const megabytes = Math.round(Number(readFileSync(peak, 'utf8')) / 1024);
  rmSync(peak);
  if (status !== 0) return { status, stderr, megabytes };
  const document = await documentOf(out);
  rmSync(out);
  return { status, stderr, megabytes, document };
}

const differs = (a, b) => Math.abs(a - b) > 0.005;

/** What is wrong with how a run ended, or nothing. */
function wrongWith(bomb, { status, stderr, megabytes, document }) {
  if (megabytes > bomb.most) return `takes ${megabytes} MB`;
  if (bomb.code)
    return status === 65 && stderr.includes(`error[${bomb.code}]`) ? null : `ends with ${status}: ${stderr}`;
  if (status !== 0) return `ends with ${status}: ${stderr}`;
  const { valued } = document.input.reconciliation;
  const found = [valued.records, valued.customers, valued.amount];
  if (bomb.figures.some((right, at) => differs(right, found[at]))) return `gives ${found} instead of ${bomb.figures}`;
  if (!bomb.segments) return null;
  const { count, customers: own, revenue } = document.segments;
  const sums = [count, own, revenue];
  const right = [bomb.figures[1], bomb.figures[1], bomb.figures[2]];
  return right.some((one, at) => differs(one, sums[at])) ? `has segments of ${sums} instead of ${right}` : null;
}

/** What the last of each kind took. */
const largest = new Map();

/**
 * What is far larger than any export: refused by a code, or read to exact figures, within a stated memory, and nothing left
 * behind. A tenth of full size or less; TORTURE_SCALE=1 is full: 1 M segments, a line of 300 MB, 20 M customers.
 */
export const bombs = {
  name: 'bombs',
  share: 1,
  async trial(random, folder, asked) {
    const scale = Number(process.env['TORTURE_SCALE'] ?? random.pick([0.01, 0.03, 0.1]));
    const kinds = bombsAt(scale);
    const kind = asked ?? random.pick(Object.keys(kinds).filter((name) => !kinds[name].byHand));
    const bomb = kinds[kind];
    const own = join(folder, 'bomb');
    mkdirSync(own);
    writeFileSync(join(own, 'model.json'), JSON.stringify({ model: MODEL }));
    await bomb.make(join(own, bomb.file), bomb.size);
    const began = performance.now();
    const end = await ran(own, bomb.run, bomb.file);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    largest.set(kind, `${kind} of ${bomb.size}: ${seconds} s, ${end.megabytes} MB of at most ${bomb.most}`);
    const wrong = wrongWith(bomb, end);
    holds(`${kind} of ${bomb.size}: ${wrong}`, wrong === null);
    same('files that are left', readdirSync(own).sort(), [bomb.file, 'model.json'].sort());
    return { kind, figures: 2 + (bomb.figures?.length ?? 0) + (bomb.segments ? 3 : 0) };
  },
  told: () => [...largest.values()],
};
