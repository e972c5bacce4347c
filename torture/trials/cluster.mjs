import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { COMPUTE, namesIn, RATES, Shop } from '../cluster/servers.mjs';
import { mustBeEmpty, start } from '../clv.mjs';
import { holds, same, Wrong } from '../wrong.mjs';

const LIBRARY = join(import.meta.dirname, '../../test/cluster/node_modules/@chdb');
const CLOCK = pathToFileURL(join(import.meta.dirname, '../cluster/clock.mjs')).href;
/** Days by which a clock is wrong: of a machine whose battery is dead, a second, a day, and after 2038 and 2106. */
const WRONG_BY = [-20_000, -400, -1, -1 / 86_400, 1, 400, 6000, 30_000];
/** Exits of a run whose server is gone: nobody there, an answer that was cut off. */
const GONE = [66, 74];

let opened;
let killed = 0;
let ended = 0;

/** Runs clv while a shard is killed at a random moment of the time that it usually takes, and starts the shard again at once or after. */
async function whileKilled(shop, random, words, tmp, { atOnce = random.whole(0, 1) === 0 } = {}) {
  const shard = random.whole(0, 1);
  const after = shop.usual * random.uniform();
  const meanwhile = async () => {
    await wait(after);
    await shop.servers.cluster.stopShard(shard);
    killed++;
    if (atOnce) await shop.servers.cluster.startShard(shard);
  };
  const end = await start(words, { env: { TMPDIR: tmp }, meanwhile });
  if (!atOnce) await shop.servers.cluster.startShard(shard);
  if (end.code !== 0) {
    ended++;
    if (!GONE.includes(end.code) || end.codes.length === 0)
      throw new Wrong(`exit ${end.code ?? end.by}: ${end.err.slice(0, 500)}`);
  }
  mustBeEmpty(tmp);
  return {
    ...end,
    shard,
    told: `shard ${shard} killed after ${Math.round(after)} ms${atOnce ? ', started at once' : ''}`,
  };
}

const KINDS = {
  async read({ shop, random, folder, tmp }) {
    const out = join(folder, 'out.json');
    const hadOld = random.whole(0, 1) === 0;
    if (hadOld) writeFileSync(out, 'old');
    const before = namesIn(folder);
    const end = await whileKilled(shop, random, ['compute', shop.address, ...COMPUTE, '-o', out], tmp);
    if (end.code === 0) same(`figures, ${end.told}`, shop.figures(readFileSync(out, 'utf8')), shop.right);
    else same(`files, ${end.told}`, namesIn(folder), before);
    if (end.code !== 0 && hadOld) same('the old output', readFileSync(out, 'utf8'), 'old');
    await shop.mustHaveNoWork();
    return 1;
  },
  async into({ shop, random, folder, tmp }) {
    const rate = RATES.find((one) => one !== shop.kept);
    const out = join(folder, 'out.json');
    const words = ['compute', shop.address, ...COMPUTE, '--into', 'clv', '--discount-rate', rate, '-o', out];
    const end = await whileKilled(shop, random, words, tmp);
    const [old, next] = [shop.results.get(shop.kept), shop.results.get(rate)];
    const found = await shop.sums();
    const told = `results, ${end.told}, exit ${end.code}: ${end.err.slice(0, 200)}`;
    if (end.code === 0) same(told, found, next);
    else if (!end.codes.includes('E460')) same(told, found, old);
    else
      for (const [shard, sums] of found.entries())
        holds(
          `${told}: shard ${shard} has neither`,
          [old, next].some((all) => JSON.stringify(all[shard]) === JSON.stringify(sums)),
        );
    const beside = await shop.beside();
    same(`tables left on the other shard, ${end.told}`, beside[1 - end.shard], []);
    await shop.drop(beside);
    await shop.written(shop.address, out, tmp, '--into', 'clv', '--discount-rate', rate);
    same('results of the next run', await shop.sums(), next);
    shop.kept = rate;
    await shop.mustHaveNoWork();
    return 3;
  },
  async book({ shop, random, folder, tmp }) {
    const book = `${shop.servers.address('').replace(/\/$/, '')}?book=b${random.whole(0, 2 ** 31)}&cluster=main`;
    const many = Math.floor(shop.lines.length / 4);
    const files = [0, 1].map((i) => {
      const file = join(folder, `part${i}.csv`);
      writeFileSync(
        file,
        `customer,date,amount,region,channel\n${shop.lines.slice(i * many, (i + 1) * many).join('\n')}\n`,
      );
      return file;
    });
    const env = { TMPDIR: tmp };
    const add = (file) => ['ledger', 'add', book, file, '-qq'];
    const first = await start(add(files[0]), { env });
    same(`a first file (${first.err})`, first.code, 0);
    const end = await whileKilled(shop, random, add(files[1]), tmp);
    const check = await start(['ledger', 'check', book, '--format', 'json'], { env });
    same(`check of the book, ${end.told} (${check.err})`, check.code, 0);
    const holdsBoth = JSON.parse(check.out).book.transactions === 2 * many;
    if (end.code === 0) holds(`an add that was told is not there, ${end.told}`, holdsBoth);
    else
      same(
        `transactions of the book, ${end.told}`,
        JSON.parse(check.out).book.transactions,
        holdsBoth ? 2 * many : many,
      );
    if (!holdsBoth) same('the next add', (await start(add(files[1]), { env })).code, 0);
    const [ofBook, ofFiles] = [join(folder, 'book.json'), join(folder, 'files.json')];
    for (const [from, out] of [
      [[book], ofBook],
      [files, ofFiles],
    ]) {
      const run = await start(['compute', ...from, ...COMPUTE, '-o', out], { env });
      same(`compute (${run.err})`, run.code, 0);
    }
    same('figures of the book', ...[ofBook, ofFiles].map((out) => shop.figures(readFileSync(out, 'utf8'))));
    return 3;
  },
  /** Nothing of clv asks a server for its time, so that the clock of the machine it runs on is all that could be wrong. */
  async clock({ shop, random, folder, tmp }) {
    const wrong = () => ({
      TMPDIR: tmp,
      NODE_OPTIONS: `--import=${CLOCK}`,
      TORTURE_CLOCK: String(random.pick(WRONG_BY)),
    });
    const out = join(folder, 'out.json');
    const run = await start(['compute', shop.address, ...COMPUTE, '-o', out], { env: wrong() });
    same(`exit (${run.err})`, run.code, 0);
    same('figures under a wrong clock', shop.figures(readFileSync(out, 'utf8')), shop.right);
    const books = [
      join(folder, 'shop.clv'),
      `${shop.servers.address('').replace(/\/$/, '')}?book=c${random.whole(0, 2 ** 31)}&cluster=main`,
    ];
    const half = shop.lines.length >> 1;
    const files = [shop.lines.slice(0, half), shop.lines.slice(half)].map((lines, i) => {
      const file = join(folder, `half${i}.csv`);
      writeFileSync(file, `customer,date,amount,region,channel\n${lines.join('\n')}\n`);
      return file;
    });
    for (const book of books) {
      for (const words of [
        ...files.map((file) => ['ledger', 'add', book, file]),
        ['close', book, '--as-of', '2021-12-31', ...COMPUTE],
        ['close', book, '--as-of', '2022-06-30', ...COMPUTE],
        ['ledger', 'check', book],
        ['closes', book],
        ['compute', book, ...COMPUTE, '-o', out],
      ]) {
        const end = await start([...words.filter((word) => word !== '-qq'), '-qq'], { env: wrong() });
        same(`${words.join(' ')} under a wrong clock (${end.err})`, end.code, 0);
      }
      same('figures of a book', shop.figures(readFileSync(out, 'utf8')), shop.right);
    }
    mustBeEmpty(tmp);
    return 3;
  },
};

/**
 * A shard of two that is killed, and started again, at any moment of a run: the right figures or a coded error, and nothing left
 * behind on the machine or on the servers. It needs `npm ci --prefix test/cluster`.
 */
export const cluster = {
  name: 'cluster',
  share: 1,
  byHand: true,
  async trial(random, folder, asked) {
    if (!existsSync(LIBRARY)) return { kind: 'skipped: npm ci --prefix test/cluster', figures: 0 };
    opened ??= Shop.open(dirname(folder));
    const kind = asked ?? random.pick([...Array(5).fill('read'), ...Array(4).fill('into'), 'book', 'clock']);
    const tmp = join(folder, 'own-tmp');
    const own = join(folder, 'outputs');
    for (const one of [tmp, own]) mkdirSync(one);
    const figures = await KINDS[kind]({ shop: await opened, random, folder: own, tmp });
    return { kind, figures };
  },
  told: () => [`a shard killed ${killed} times, ${ended} runs ended with a coded error`],
};
