import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MODEL, mustBeEmpty, start } from '../clv.mjs';
import { csvOf, logOf } from '../logs.mjs';
import { holds, same, Wrong } from '../wrong.mjs';

const COMPUTE = ['--margin', '30%', '--use-model', MODEL, '--interval', 'none', '-qq'];
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A file of some rows, larger than can be read at once where it is to be hit while it is read. */
function dataIn(folder, random, customers = 300) {
  const file = join(folder, 'data.csv');
  writeFileSync(file, csvOf(logOf(random, customers)));
  return file;
}

/** The old file is whole or the new one is, and nothing stands beside it. */
function mustBeWhole(folder, out, code) {
  const text = readFileSync(out, 'utf8');
  if (code === 0) JSON.parse(text);
  else holds(`half a file after exit ${code}`, text === 'old' || JSON.parse(text));
  const beside = readdirSync(folder).filter((name) => /\.tmp$|\.lock$/.test(name));
  same('beside the output', beside, []);
}

/** Exits of a machine that lacks something, but never a bug of ours. */
function mustBeOf(end, exits, codes) {
  if (end.code === 0) return;
  if (!exits.includes(end.code) || !end.codes.every((code) => codes.includes(code)))
    throw new Wrong(`exit ${end.code ?? end.by}: ${end.err.slice(0, 300)}`);
}

/** A book of a file. */
async function bookOf(folder, tmp, file) {
  const book = join(folder, 'shop.clv');
  const end = await start(['ledger', 'add', book, file, '-qq'], { env: { TMPDIR: tmp } });
  same(`a book (${end.err})`, end.code, 0);
  return book;
}

async function transactionsIn(book, tmp) {
  const end = await start(['ledger', 'check', book, '--format', 'json'], { env: { TMPDIR: tmp } });
  same(`check of the book (${end.err})`, end.code, 0);
  return JSON.parse(end.out).book.transactions;
}

/** A file of rows that no other has. */
function moreIn(folder, random, number = 1) {
  const rows = logOf(random, 400).map(([id, ...row]) => [`more${number}-${id}`, ...row]);
  const file = join(folder, `more${number}.csv`);
  writeFileSync(file, csvOf(rows));
  return { file, rows: rows.length };
}

const FAULTS = {
  async kill({ folder, tmp, random, file, out }) {
    const signal = random.pick(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP']);
    const end = await start(['compute', file, ...COMPUTE, '-o', out], {
      env: { TMPDIR: tmp },
      signal,
      after: random.whole(20, 1500),
    });
    holds(`it ended by ${end.by ?? end.code}`, end.code === 0 || end.by === signal);
    const text = readFileSync(out, 'utf8');
    holds('half a file', text === 'old' || JSON.parse(text));
    if (signal !== 'SIGKILL') mustBeEmpty(tmp);
    const next = await start(['compute', file, ...COMPUTE, '-o', out], { env: { TMPDIR: tmp } });
    same(`the next run (${next.err})`, next.code, 0);
    mustBeWhole(folder, out, 0);
  },
  async 'full disk'({ folder, tmp, random, file, out }) {
    const small = join(folder, 'small');
    mkdirSync(small);
    const size = `size=${random.whole(1, 40) * 4}k,nr_inodes=${random.whole(2, 12)}`;
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', small]).status !== 0)
      return 'skipped: no right to mount';
    try {
      const onOutput = random.whole(0, 1) === 0;
      const target = onOutput ? join(small, 'out.json') : out;
      if (onOutput && spawnSync('sh', ['-c', `printf old > ${target}`]).status !== 0) return 'full disk';
      const streamed = !onOutput && random.whole(0, 1) === 0;
      const gz = `${file}.gz`;
      spawnSync('sh', ['-c', `gzip -k ${file}`]);
      const end = await start(['compute', streamed && existsSync(gz) ? gz : file, ...COMPUTE, '-o', target], {
        env: { TMPDIR: onOutput ? tmp : small },
      });
      mustBeOf(end, [74], ['E421']);
      if (end.code === 74) holds('the folder is named', end.err.includes(onOutput ? target : small));
      mustBeWhole(onOutput ? small : folder, target, end.code);
      if (!onOutput) mustBeEmpty(small);
    } finally {
      spawnSync('umount', [small]);
    }
  },
  async 'changed while read'({ folder, tmp, random, out }) {
    const file = dataIn(folder, random, 6000);
    const before = readFileSync(file);
    const change = random.pick(['truncated', 'appended', 'replaced']);
    let after = before;
    const meanwhile = async () => {
      await wait(random.whole(100, 900));
      if (change === 'truncated') truncateSync(file, before.length >> 1);
      if (change === 'appended') appendFileSync(file, 'c1,2023-01-01,1.00,north\n');
      if (change === 'replaced') {
        writeFileSync(`${file}.new`, csvOf(logOf(random, 50)));
        renameSync(`${file}.new`, file);
      }
      after = readFileSync(file);
    };
    const end = await start(['compute', file, ...COMPUTE, '-o', out], { env: { TMPDIR: tmp }, meanwhile });
    if (end.code === 0) {
      const [read] = JSON.parse(readFileSync(out, 'utf8')).input.files;
      holds(
        'what was read is neither the old nor the new file',
        [before, after].some((bytes) => hash(bytes) === read.sha256),
      );
    } else if (end.code !== 75 && !(change === 'truncated' && end.code === 65))
      throw new Wrong(`exit ${end.code}: ${end.err}`);
    mustBeWhole(folder, out, end.code);
    mustBeEmpty(tmp);
  },
  async 'two at once'({ folder, tmp, file, out }) {
    const both = await Promise.all(
      [1, 2].map(() => start(['compute', file, ...COMPUTE, '-o', out], { env: { TMPDIR: tmp } })),
    );
    for (const end of both) mustBeOf(end, [75], ['E432']);
    holds(
      'neither was done',
      both.some(({ code }) => code === 0),
    );
    mustBeWhole(folder, out, 0);
    mustBeEmpty(tmp);
  },
  async descriptors({ folder, tmp, random, file, out }) {
    const end = await start(['compute', file, ...COMPUTE, '-o', out], {
      env: { TMPDIR: tmp },
      limit: `-n ${random.whole(20, 64)}`,
    });
    mustBeOf(end, [74], ['E465']);
    mustBeWhole(folder, out, end.code);
    mustBeEmpty(tmp);
  },
  async 'address space'({ tmp, random, file, out }) {
    const end = await start(['compute', file, ...COMPUTE, '-o', out], {
      env: { TMPDIR: tmp },
      limit: `-v ${random.whole(1000, 3000) * 1000}`,
    });
    // Below what the runtime itself must have, it is ended by the system or ends itself, and nothing of ours is asked.
    const ended = end.by !== null || [127, 133, 134].includes(end.code);
    if (!ended) mustBeOf(end, [74], ['E466']);
    const text = readFileSync(out, 'utf8');
    holds('half a file', text === 'old' || JSON.parse(text));
  },
  async 'full device'({ tmp, file }) {
    const full = openSync('/dev/full', 'w');
    try {
      const end = await start(['compute', file, ...COMPUTE, '--format', 'csv'], { env: { TMPDIR: tmp }, stdout: full });
      same(`exit (${end.err})`, [end.code, end.codes], [74, ['E421']]);
    } finally {
      closeSync(full);
    }
    mustBeEmpty(tmp);
  },
  async 'a reader that leaves'({ tmp, random, file }) {
    const meanwhile = async (child) => {
      await wait(random.whole(0, 600));
      child.stdout.destroy();
    };
    const end = await start(['compute', file, ...COMPUTE, '--format', 'csv'], { env: { TMPDIR: tmp }, meanwhile });
    same(`exit (${end.err})`, end.code, 0);
    mustBeEmpty(tmp);
  },
  async 'full disk under a book'({ folder, tmp, random, file }) {
    const small = join(folder, 'small');
    mkdirSync(small);
    const book = await bookOf(folder, tmp, file);
    const size = `size=${random.whole(1, 12)}m`;
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', small]).status !== 0)
      return 'skipped: no right to mount';
    try {
      const there = join(small, 'shop.clv');
      if (spawnSync('cp', [book, there]).status !== 0) return 'full disk under a book';
      const before = await transactionsIn(there, tmp);
      const more = moreIn(folder, random);
      const end = await start(['ledger', 'add', there, more.file, '-qq'], { env: { TMPDIR: tmp } });
      mustBeOf(end, [74], ['E421']);
      same('transactions', await transactionsIn(there, tmp), end.code === 0 ? before + more.rows : before);
    } finally {
      spawnSync('umount', [small]);
    }
    mustBeEmpty(tmp);
  },
  async 'a damaged book'({ folder, tmp, random, file }) {
    const book = await bookOf(folder, tmp, file);
    const bytes = readFileSync(book);
    const cut = random.whole(0, 2) === 0;
    for (let i = random.whole(1, 200); !cut && i > 0; i--)
      bytes[random.whole(0, bytes.length - 1)] ^= 1 << random.whole(0, 7);
    writeFileSync(book, cut ? bytes.subarray(0, random.whole(0, bytes.length - 1)) : bytes);
    const end = await start(['ledger', 'check', book], { env: { TMPDIR: tmp } });
    if (end.code !== 0)
      holds(`the book is named: ${end.code ?? end.by} ${end.err}`, end.codes.length > 0 && end.err.includes(book));
    mustBeEmpty(tmp);
  },
  async 'two adds at once'({ folder, tmp, random, file }) {
    const book = await bookOf(folder, tmp, file);
    const before = await transactionsIn(book, tmp);
    const parts = [1, 2].map((number) => moreIn(folder, random, number));
    const ends = await Promise.all(
      parts.map((part) => start(['ledger', 'add', book, part.file, '-qq'], { env: { TMPDIR: tmp } })),
    );
    for (const end of ends) mustBeOf(end, [75], ['E484']);
    const added = parts.reduce((sum, { rows }, i) => sum + (ends[i].code === 0 ? rows : 0), 0);
    holds('neither was added', added > 0);
    same('transactions', await transactionsIn(book, tmp), before + added);
    mustBeEmpty(tmp);
  },
  async 'no right to read'({ tmp, folder, out }) {
    if (process.getuid?.() === 0) return 'skipped: the superuser may read all';
    const file = join(folder, 'closed.csv');
    writeFileSync(file, 'customer,date,amount\n', { mode: 0 });
    const end = await start(['compute', file, ...COMPUTE, '-o', out], { env: { TMPDIR: tmp } });
    same('exit', [end.code, end.codes], [66, ['E403']]);
  },
};

/** What the world does to a run: the old file or the new one, a code, and nothing left behind. */
export const faults = {
  name: 'faults',
  share: 3,
  async trial(random, folder, asked) {
    const kind = asked ?? random.pick(Object.keys(FAULTS));
    const tmp = join(folder, 'own-tmp');
    mkdirSync(tmp);
    const out = join(folder, 'out.json');
    writeFileSync(out, 'old');
    const skipped = await FAULTS[kind]({ folder, tmp, random, out, file: dataIn(folder, random) });
    return { kind: skipped ?? kind, figures: 1 };
  },
};
