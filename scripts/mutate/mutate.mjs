// Mutation: whether the tests see slips of the pen. Some of all mutants of the rooms, drawn by a seed, are woven into a copy of
// the tree; each is switched on in turn, and the tests that come by its place run until one fails. It ends non-zero where a
// mutant survives that explained.json does not explain. No build is needed:
//   npm run mutate -- [--room models|engine|money|values] [--mutants 300] [--minutes 60] [--seed 1] [--tests valuation]
// Of files of src alone (--file engine/groups.ts), only the tests that import them run, which takes seconds.
import { fork } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { randomOf } from '../random.mjs';
import { mutantsOf, woven } from './mutants.mjs';

const ROOT = join(import.meta.dirname, '../..');
/** Files of src, and the tests that mirror them; golden cases see more, and take far longer: --tests cases.test.ts. */
const ROOMS = {
  models: { files: ['models'], tests: ['models'] },
  engine: { files: ['engine'], tests: ['engine'] },
  money: { files: ['base/money.ts', 'base/fractions.ts', 'base/rates.ts', 'base/units.ts'], tests: ['base'] },
  values: { files: ['reader/amounts', 'reader/dates'], tests: ['reader/amounts', 'reader/dates'] },
};

const { values: asked } = parseArgs({
  options: {
    room: { type: 'string', multiple: true, default: Object.keys(ROOMS) },
    file: { type: 'string', multiple: true, default: [] },
    tests: { type: 'string', multiple: true, default: [] },
    seconds: { type: 'string', default: '10' },
    mutants: { type: 'string', default: '300' },
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});
const deadline = Date.now() + 60_000 * Number(asked.minutes);

/** The files of a folder, or the file itself, as paths in src that end with an ending. */
function filesOf(place, ending = '.ts') {
  if (place.endsWith(ending)) return [place];
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => name.endsWith(ending)).map((name) => join(place, name));
}

/** A mutant in words that stay when lines move: its file, the line that it is in, and what becomes of what. */
function described(file, text, mutant) {
  const from = text.lastIndexOf('\n', mutant.start) + 1;
  const to = text.indexOf('\n', mutant.start);
  const original = text.slice(mutant.start, mutant.end);
  return {
    ...{ file, at: text.slice(0, mutant.start).split('\n').length, line: text.slice(from, to).trim() },
    change: `${original} → ${mutant.kind === 'removed' ? '(nothing)' : mutant.replacement}`.replace(/\s+/g, ' '),
  };
}

/** So many of all mutants of the rooms, each as likely as the other; the numbers of their switches begin at 1. */
function sample(rooms, count, seed) {
  const ofRooms = rooms.flatMap((room) => {
    if (!ROOMS[room]) throw new Error(`no room ${room}: ${Object.keys(ROOMS).join(', ')}`);
    return ROOMS[room].files.flatMap((place) => filesOf(join(ROOT, 'src', place)));
  });
  const places = asked.file.map((file) => join(ROOT, 'src', file));
  const all = (places.length > 0 ? places : ofRooms).flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    const file = relative(ROOT, path);
    return mutantsOf(text).map((mutant) => ({ ...mutant, ...described(file, text, mutant) }));
  });
  const { whole } = randomOf(Number(seed));
  const drawn = new Set();
  while (drawn.size < Math.min(count, all.length)) drawn.add(whole(0, all.length - 1));
  return { of: all.length, mutants: [...drawn].map((index, at) => ({ ...all[index], number: at + 1 })) };
}

/** The test files that import some files of src by name. */
function testsThatImport(tree, files) {
  const folder = join(tree, 'test');
  const imports = (path) => files.some((file) => readFileSync(path, 'utf8').includes(`/src/${file}'`));
  return filesOf(folder, '.test.ts')
    .filter((path) => !/\/(cluster|browser)\//.test(path) && imports(path))
    .map((path) => relative(folder, path));
}

function byFile(mutants) {
  const files = new Map();
  for (const mutant of mutants) files.set(mutant.file, [...(files.get(mutant.file) ?? []), mutant]);
  return files;
}

/** A copy of the tree with the mutants woven in, beside which the published data lie as they do beside the original. */
function copied(tree, mutants) {
  mkdirSync(tree);
  for (const name of [
    'src',
    'test',
    'scripts',
    'fixtures',
    'bin',
    'dist',
    'docs',
    'package.json',
    'vitest.config.ts',
    'tsconfig.json',
  ])
    cpSync(join(ROOT, name), join(tree, name), { recursive: true, filter: (path) => !path.includes('/node_modules') });
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  symlinkSync(join(ROOT, '../shared'), join(dirname(tree), 'shared'));
  for (const [file, own] of byFile(mutants))
    writeFileSync(join(tree, file), woven(readFileSync(join(ROOT, file), 'utf8'), own));
}

/** A process that runs test files in the copy, started again after one that hung. */
function runnerIn(tree, bail) {
  let child = null;
  const end = () => {
    if (child) process.kill(-child.pid, 'SIGKILL');
    child = null;
  };
  const reply = () =>
    new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`the runner of tests ended with ${code}`)));
    });
  /** What the tests say while one mutant is on, 0 for none; null where it takes longer than so many ms. */
  async function run(mutant, tests, most) {
    writeFileSync(join(tree, 'mutant-on'), String(mutant));
    if (child === null) {
      const env = { CLV_RUNS: '0.1', ...process.env, BAIL: String(bail) };
      const script = join(tree, 'scripts/mutate/runner.mjs');
      child = fork(script, { cwd: tree, env, detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      await reply();
    }
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, most, null);
    });
    const answer = reply();
    child.send(tests);
    const first = await Promise.race([answer, late]);
    clearTimeout(timer);
    if (first === null) {
      answer.catch(() => {});
      end();
    }
    child?.removeAllListeners('exit');
    return first;
  }
  return { run, end };
}

/**
 * Which tests come by which mutant, from a run of all of them with no mutant on: those of files that name its own, then the
 * quickest, as many as take so many ms together; [file, names] each. What runs when a file is loaded, which is once, counts for
 * those that come by the files beside it.
 */
async function coverage(tree, mutants, files, most) {
  const runner = runnerIn(tree, 0);
  await runner.run(
    0,
    files.map((file) => [file, []]),
    3_600_000,
  );
  runner.end();
  const lines = readFileSync(join(tree, 'mutants-passed'), 'utf8').trim().split('\n');
  const texts = new Map(files.map((file) => [file, readFileSync(join(tree, file), 'utf8')]));
  const loaded = new Set();
  const all = lines.map((line) => {
    const { mutants: own, loaded: before, ...test } = JSON.parse(line);
    for (const number of before) loaded.add(number);
    return { ...test, passed: new Set([...before, ...own]) };
  });
  const tests = all.filter(({ isPassed }) => isPassed);
  for (const { file, name } of all.filter((test) => !tests.includes(test)))
    console.log(`left out, as it fails with no mutant on: ${file} ${name}`);
  console.log(`${tests.length} tests`);
  const besides = (file) => mutants.filter((one) => dirname(one.file) === dirname(file)).map((one) => one.number);
  return ({ number, file, ...mutant }) => {
    const whenLoaded = mutant.whenLoaded || loaded.has(number);
    const numbers = whenLoaded ? besides(file) : [number];
    const isNear = (test) => texts.get(test.file).includes(`/${file}'`);
    const own = tests.filter((test) => numbers.some((one) => test.passed.has(one)) || (whenLoaded && isNear(test)));
    own.sort((a, b) => Number(isNear(b)) - Number(isNear(a)) || a.ms - b.ms);
    let ms = 0;
    const taken = new Map();
    for (const test of own) {
      ms += test.ms;
      if (ms > most && taken.size > 0) break;
      taken.set(test.file, [...(taken.get(test.file) ?? []), test.name]);
    }
    return { ms, tests: [...taken] };
  };
}

/** The bounds of a share that is seen k times of n, 95 % (Wilson 1927), in percent. */
function wilson(k, n) {
  const z2 = 1.96 ** 2;
  const half = 1.96 * Math.sqrt((k * (n - k)) / n + z2 / 4);
  return [-half, half].map((side) => ((100 * (k + z2 / 2 + side)) / (n + z2)).toFixed(1));
}

const explained = JSON.parse(readFileSync(join(import.meta.dirname, 'explained.json'), 'utf8'));
const isExplained = (one) =>
  explained.some(({ file, line, change }) => file === one.file && line === one.line && change === one.change);

const { of, mutants } = sample(asked.room, Number(asked.mutants), asked.seed);
const folder = mkdtempSync(join(tmpdir(), 'clv-mutate-'));
const tree = join(folder, 'clv');
const found = [];
let runner;
try {
  copied(tree, mutants);
  const mirrored =
    asked.file.length > 0 ? testsThatImport(tree, asked.file) : asked.room.flatMap((room) => ROOMS[room].tests);
  const tests = [...mirrored, ...asked.tests].flatMap((place) => filesOf(join(tree, 'test', place), '.test.ts'));
  const covering = await coverage(
    tree,
    mutants,
    tests.map((path) => relative(tree, path)),
    1000 * Number(asked.seconds),
  );
  runner = runnerIn(tree, 1);
  for (const mutant of mutants) {
    if (Date.now() > deadline) break;
    const { tests: own, ms } = covering(mutant);
    const answer = own.length === 0 ? { ok: true } : await runner.run(mutant.number, own, 40_000 + 6 * ms);
    const end = answer === null ? 'timed out' : !answer.ok ? 'killed' : isExplained(mutant) ? 'explained' : 'survived';
    found.push({ ...mutant, end });
    if (end === 'survived') {
      const { file, at, line, change } = mutant;
      console.log(`survived ${file}:${at}${own.length === 0 ? ' (no test comes here)' : ''}`);
      console.log(JSON.stringify({ file, line, change }));
    }
  }
} finally {
  runner?.end();
  rmSync(folder, { recursive: true, force: true });
}

const count = (list, end) => list.filter((one) => one.end === end).length;
const figures = (list) =>
  ['killed', 'timed out', 'explained', 'survived'].map((end) => `${count(list, end)} ${end}`).join(', ');
for (const [file, own] of [...byFile(found)].sort()) console.log(`${file}: ${figures(own)}`);
const counted = found.length - count(found, 'explained');
const killed = count(found, 'killed') + count(found, 'timed out');
console.log(`${found.length} of ${of} mutants, seed ${asked.seed}: ${figures(found)}`);
console.log(
  `score ${((100 * killed) / counted).toFixed(1)} % of those that are not explained, 95 % ${wilson(killed, counted).join(' to ')} %; ${((100 * killed) / found.length).toFixed(1)} % of all`,
);
process.exitCode = count(found, 'survived') > 0 || found.length < mutants.length ? 1 : 0;
