// npm run bench -- --against COMMIT: this tree's build and that commit's in turns, on the same inputs.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { BOOK_COMMANDS, otherThan, pinned, writeBook, writeInput, writeShop } from './inputs.mjs';
import { Failed, interleaved, measure, root } from './measure.mjs';

const compute = (path, out, ...more) => ['compute', path, '--margin', '100%', '-q', '-o', `${out}.csv`, ...more];
const shop = (path, ...more) => ['compute', path, '--margin', '40%', '-q', ...more];

/**
 * What is compared: the arguments of clv, on an input of a kind (inputs.mjs, `book` or `shop`), of `rows` rows where the size is the
 * case's own. A build that `mayLack` the case is asked first on a small input: the old one that cannot is left out, and the
 * case is not measured if the new one cannot. `json` is where the answer is written whose figures are held against what is right.
 */
const CASES = {
  help: { args: () => ['--help'] },
  first: { kind: 'plain', rows: 10_000, args: compute },
  log: { kind: 'plain', args: compute },
  'customer-intervals': {
    kind: 'plain',
    mayLack: true,
    args: (path, out) => compute(path, out, '--customer-intervals'),
  },
  'no-interval': { kind: 'plain', args: (path, out) => compute(path, out, '--interval', 'none') },
  totals: {
    kind: 'plain',
    args: (path, out) => ['compute', path, '--margin', '100%', '-q', '--customers', 'none', '-o', `${out}.json`],
  },
  inspect: { kind: 'plain', mayLack: true, args: (path) => ['inspect', path] },
  quoted: { kind: 'quoted', args: compute },
  notes: { kind: 'notes', args: compute },
  shop: {
    kind: 'shop',
    mayLack: true,
    checked: true,
    args: (path, out) => shop(path, '--customers', 'none', '--format', 'json', '-o', `${out}.json`),
  },
  'shop-csv': { kind: 'shop', mayLack: true, args: (path, out) => shop(path, '-o', `${out}.csv`) },
  'shop-inspect': { kind: 'shop', mayLack: true, args: (path) => ['inspect', path] },
};
for (const [name, [command, ...more]] of Object.entries(BOOK_COMMANDS)) {
  const args = (path, out) => [
    command,
    path,
    '--margin',
    '30%',
    '-q',
    '-o',
    `${out}.json`,
    ...more,
    ...pinned(command),
  ];
  CASES[`book-${name.replaceAll(' ', '-')}`] = { kind: 'book', mayLack: true, args };
  if (command === 'statement') CASES[name] = { kind: 'plain', args };
}
export const CASE_NAMES = Object.keys(CASES);
/** Rows of the input that a build is asked with; no size of a measured one. */
const SMALL = 20_001;

/**
 * Builds a commit in a work tree below a folder; returns the path of its program. Its packages are this tree's where the lock
 * files are equal, else installed. The work tree is removed when the process ends, by whatever but SIGKILL.
 */
function buildOf(commit, folder) {
  const tree = join(folder, 'old');
  const modules = join(tree, 'node_modules');
  const run = (program, args, cwd = root) => execFileSync(program, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const id = run('git', ['rev-parse', '--verify', `${commit}^{commit}`])
    .toString()
    .trim();
  process.prependOnceListener('exit', () => {
    rmSync(modules, { recursive: true, force: true });
    try {
      if (existsSync(tree)) run('git', ['worktree', 'remove', '--force', tree]);
    } catch {
      console.error(`bench: ${tree} is still among the work trees: git worktree prune`);
    }
  });
  run('git', ['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--quiet', '--detach', tree, id]);
  const lock = (where) => readFileSync(join(where, 'package-lock.json'));
  if (lock(tree).equals(lock(root))) symlinkSync(join(root, 'node_modules'), modules);
  else run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], tree);
  for (const where of [tree, root]) run('npm', ['run', '--silent', 'build'], where);
  return join(tree, 'bin/clv.js');
}

/** Why a build cannot do a case, asked on a small input: a sentence, or null. */
async function lacks(program, one, { path, right }, out) {
  try {
    await measure([program, ...one.args(path, out)]);
    return one.checked ? otherThan(right, JSON.parse(readFileSync(`${out}.json`, 'utf8'))) : null;
  } catch (error) {
    if (error instanceof Failed) return error.reason;
    throw error;
  }
}

const HEADER = 'what | old s | new s | new/old | by turn | old CPU s | new CPU s | new/old | old MB | new MB';

function rowOf(name, old, now) {
  const ratios = old ? now.turns.map((seconds, turn) => seconds / old.turns[turn]) : [];
  const fixed = (value) => (value == null ? '' : value.toFixed(2));
  return [
    name,
    fixed(old?.seconds),
    fixed(now.seconds),
    fixed(old && now.seconds / old.seconds),
    old ? `${fixed(Math.min(...ratios))}–${fixed(Math.max(...ratios))}` : '',
    fixed(old?.cpu),
    fixed(now.cpu),
    fixed(old && now.cpu / old.cpu),
    old?.megabytes.toFixed(0) ?? '',
    now.megabytes.toFixed(0),
  ].join(' | ');
}

/**
 * Measures the named cases at each size with both builds in turns and prints a row each: wall and processor seconds (medians),
 * new/old of both, the least and the greatest new/old of a turn, and the peak of memory.
 */
export async function against(commit, { names, sizes, runs, folder }) {
  const builds = [buildOf(commit, folder), join(root, 'bin/clv.js')];
  const out = join(folder, 'out');
  const write = async (kind, rows) => {
    if (!kind) return { path: '' };
    if (kind === 'shop') return writeShop(rows, folder);
    return { path: await (kind === 'book' ? writeBook(rows, folder) : writeInput(kind, rows, folder)) };
  };
  const small = new Map();
  let last = { kind: '', rows: 0, path: '' };
  const input = async (kind, rows) => {
    if (last.kind === kind && last.rows === rows) return last;
    rmSync(last.path, { force: true });
    last = { kind, rows, ...(await write(kind, rows)) };
    return last;
  };
  console.log(`${commit} (old) and this tree (new), ${runs} turns\n${HEADER}`);
  const measureCase = async (name, label, rows) => {
    const one = CASES[name];
    let able = builds;
    if (one.mayLack) {
      if (!small.has(one.kind)) small.set(one.kind, await write(one.kind, SMALL));
      const lacking = [];
      for (const program of builds) lacking.push(await lacks(program, one, small.get(one.kind), out));
      const [ofOld, ofNew] = lacking;
      if (ofNew) return console.log(`${label} | not measured, new: ${ofNew}`);
      if (ofOld) console.log(`${label} | new alone, old: ${ofOld}`);
      if (ofOld) able = [builds[1]];
    }
    const { path } = await input(one.kind, rows);
    const found = await interleaved(
      able.map((program) => [program, ...one.args(path, out)]),
      runs,
    );
    console.log(rowOf(label, found.length > 1 ? found[0] : null, found.at(-1)));
  };
  const own = (name) => !CASES[name].kind || CASES[name].rows;
  for (const name of names.filter(own)) {
    await measureCase(name, CASES[name].rows ? `${name}: ${CASES[name].rows} rows` : name, CASES[name].rows);
  }
  for (const rows of sizes) {
    for (const name of names.filter((one) => !own(one))) await measureCase(name, `${name}: ${rows / 1e6} M rows`, rows);
  }
}
