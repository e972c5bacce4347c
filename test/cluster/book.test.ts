import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClvError } from '../../src/base/errors.ts';
import { changeBook, readBook } from '../../src/ledger/registry.ts';
import { Folder } from '../books/books.ts';
import { withoutInput } from '../run.ts';
import { READER } from './config.ts';
import { openShop, payments, type Shop, transactions, until } from './shop.ts';
import { MODEL } from './valued.ts';

/** A book in tables of a server, or of the shards of a cluster, says what a book in a file says. */

const folder = new Folder();
let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});

afterAll(async () => {
  await shop?.close();
  folder.remove();
});

/** The address of a book: on the server that is asked, or on both shards. */
function address(book: string, cluster = false, user = shop.cluster.user): string {
  const own = `${shop.address('', user).replace(/\/$/, '')}?book=${book}`;
  return cluster ? `${own}&cluster=main` : own;
}

/** The same book three times: in a file, on a server, on a cluster. */
function places(book: string): readonly string[] {
  return [folder.at(`${book}.clv`), address(`${book}_one`), address(`${book}_two`, true)];
}

/** What a run says, with the book and the times left out. */
async function said(book: string, words: readonly string[]): Promise<string> {
  const { code, out, err } = await folder.run(...words.map((word) => word.replace('BOOK', book)));
  const text = `${code}\n${withoutInput(out)}\n${err}`.replaceAll(book, 'BOOK');
  return text.replaceAll(/20\d\d-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}

/** Runs the same on all of them, which must say the same. @returns what they say */
async function alike(books: readonly string[], ...words: readonly string[]): Promise<string> {
  const [wanted, ...others] = await Promise.all(books.slice(0, 1).map((book) => said(book, words)));
  for (const book of books.slice(1)) others.push(await said(book, words));
  for (const other of others) expect(other, words.join(' ')).toBe(wanted);
  return wanted!;
}

const HEADER = 'customer,date,amount,region,channel';
const VALUE = ['--margin', '30%', '--spend', 'mean', ...MODEL];

/** Rows in two files, those of whose days up to one in the first. */
function twoFiles(name: string, rows: readonly string[], header: string, last: string): readonly string[] {
  const dateOf = (row: string): string => /,"?(\d{4}-\d\d-\d\d)"?,/.exec(row)![1]!;
  return [true, false].map((early, i) => {
    const some = rows.filter((row) => dateOf(row) <= last === early);
    return folder.write(`${name}${i}.csv`, `${header}\n${some.join('\n')}\n`);
  });
}

describe('a book of a shop', () => {
  let books: readonly string[];

  beforeAll(async () => {
    books = places('shop');
    const files = twoFiles('shop', transactions(600), HEADER, '2021-12-31');
    for (const file of files) expect(await alike(books, 'ledger', 'add', 'BOOK', file)).toMatch(/^0\n/);
  });

  it.each([
    ['compute', ['--margin', '30%', '--by', 'region,channel', ...MODEL]],
    ['compute', ['--margin', '30%', '--fit-by', 'channel', '--spend', 'mean', '--model-error', 'none']],
    ['statement', ['--from', '2021-12-31', '--to', '2022-06-30', '--by', 'region', ...VALUE.slice(0, -2)]],
    ['audit', ['--margin', '30%', '--by', 'channel']],
    ['cohorts', ['--margin', '30%', '--every', '1q', '--model', 'pareto-nbd', '--season', 'none']],
    ['validate', ['--margin', '30%', '--holdout', '26w', '--model', 'pareto-nbd', '--season', 'none']],
    ['explain', ['--margin', '30%', '--id', 'Zoë-7', '--model', 'pareto-nbd', '--season', 'none']],
    ['ledger check', []],
    ['ledger list', []],
    ['inspect', []],
  ])('is the same to clv %s %j', async (command, options) => {
    expect(await alike(books, ...command.split(' '), 'BOOK', ...options)).toMatch(/^0\n/);
  });

  it('does not have what it does not keep', async () => {
    expect(await alike(books, 'compute', 'BOOK', '--by', 'country', '--margin', '30%')).toMatch(/E(491|205)|error/);
  });
});

describe('a book of subscriptions', () => {
  it('is the same to clv compute --contract and clv mrr', async () => {
    const books = places('paid');
    const files = twoFiles('paid', payments(150), 'customer,date,amount,plan', '2021-06-30');
    await alike(books, 'ledger', 'add', 'BOOK', ...files);
    expect(await alike(books, 'compute', 'BOOK', '--contract', '1m', '--margin', '50%', '--by', 'plan')).toMatch(
      /^0\n/,
    );
    expect(await alike(books, 'mrr', 'BOOK', '--contract', '1m', '--by', 'plan')).toMatch(/^0\n/);
  });

  it('is closed, and says what moved since and by whom', async () => {
    const books = places('paid');
    const how = ['--contract', '1m', '--margin', '50%', '--by', 'plan', '--model-error', 'none'];
    expect(await alike(books, 'close', 'BOOK', '--as-of', '2021-12-31', ...how)).toMatch(/^0\n/);
    const statement = ['statement', 'BOOK', '--from', 'last', '--format', 'json', ...how];
    expect(await alike(books, ...statement)).toMatch(/^0\n/);
  });
});

describe('records that came before', () => {
  const rows = (name: string, ...lines: readonly string[]): string =>
    folder.write(name, `order,customer,date,amount,region\n${lines.join('\n')}\n`);

  it('are dropped, refused or restated, and count again when that is taken back', async () => {
    const books = places('again');
    const first = rows(
      'first.csv',
      '1,a,2024-01-01,10.00,N',
      '2,b,2024-01-02,20.00,S',
      '3,a,2024-02-01,5.00,N',
      '4,c,2024-02-03,7.5,N',
    );
    const second = rows(
      'second.csv',
      '3,a,2024-02-01,5.00,N',
      '2,b,2024-01-02,25.00,S',
      '4,d,2024-02-03,7.5,N',
      '5,c,2024-03-01,9,N',
    );
    const third = rows('third.csv', '2,b,2024-01-02,26.00,S', '6,z,2024-03-01,9,N');
    const once = ['--once', 'order'];
    await alike(books, 'ledger', 'add', 'BOOK', first, ...once);
    expect(await alike(books, 'ledger', 'add', 'BOOK', second, ...once)).toMatch(/^65\n[\s\S]*E490[\s\S]*"4" was c/);
    expect(await alike(books, 'ledger', 'add', 'BOOK', second, ...once, '--restate')).toContain('"restates":2');
    expect(await alike(books, 'ledger', 'add', 'BOOK', third, ...once, '--restate')).toContain('"restates":1');
    expect(await alike(books, 'ledger', 'check', 'BOOK')).toContain('"amount_total": 66.50');
    expect(await alike(books, 'ledger', 'remove', 'BOOK', second)).toContain('E493');
    expect(await alike(books, 'ledger', 'remove', 'BOOK', third)).toContain('"amount_total": 56.50');
    expect(await alike(books, 'ledger', 'remove', 'BOOK', second)).toContain('"amount_total": 42.50');
    expect(await alike(books, 'ledger', 'add', 'BOOK', first, ...once)).toContain('E489');
    expect(await alike(books, 'ledger', 'replace', 'BOOK', first, third, ...once)).toContain('"amount_total": 35.00');
    expect(await alike(books, 'ledger', 'check', 'BOOK')).toMatch(/^0\n/);
    expect(await alike(books, 'ledger', 'list', 'BOOK')).toMatch(/^0\n/);
  });
});

describe('closes', () => {
  it('keep what was reported, open statements with it, and are taken back', async () => {
    const books = places('closed');
    const [early, late] = twoFiles('closed', transactions(300), HEADER, '2022-03-01');
    await alike(books, 'ledger', 'add', 'BOOK', early!);
    const how = [...VALUE, '--by', 'region'];
    expect(await alike(books, 'close', 'BOOK', '--as-of', '2022-02-01', ...how)).toMatch(/^0\n/);
    await alike(books, 'ledger', 'add', 'BOOK', late!);
    // A row from before the close.
    const old = folder.write(
      'old.csv',
      `${HEADER}\n000001,2021-05-05,300.00,north,web\nnewcomer,2021-06-06,10.00,x,web\n`,
    );
    await alike(books, 'ledger', 'add', 'BOOK', old);
    expect(await alike(books, 'statement', 'BOOK', '--from', 'last', ...VALUE.slice(0, 4), '--by', 'region')).toContain(
      '"newcomer"',
    );
    expect(await alike(books, 'close', 'BOOK', '--as-of', '2022-05-31')).toMatch(/^0\n/);
    expect(await alike(books, 'closes', 'BOOK')).toMatch(/"rows_changed":"yes"/);
    const changed = [
      'compute',
      'BOOK',
      '--as-of',
      '2022-05-31',
      '--clv-change',
      ...VALUE.slice(0, 4),
      '--by',
      'region',
    ];
    expect(await alike(books, ...changed)).toMatch(/^0\n[\s\S]*"clv_change"/);
    expect(await alike(books, 'diff', 'BOOK@1', 'BOOK@last', '--top', '5')).toMatch(/^1\n[\s\S]*E538/);
    expect(await alike(books, 'ledger', 'check', 'BOOK')).toMatch(/^0\n/);
    expect(await alike(books, 'close', 'BOOK', '--reopen')).toMatch(/^0\n/);
    expect(await alike(books, 'close', 'BOOK', '--as-of', '2022-06-30')).toMatch(/^0\n/);
    expect(await alike(books, 'closes', 'BOOK')).toContain('2022-06-30');
  });
});

describe('a change', () => {
  const never = new AbortController().signal;
  const [one, two] = ['one', 'two'].map((id) =>
    folder.write(`${id}.csv`, `customer,date,amount\n${id},2024-01-01,10.00\n`),
  );
  const add = (book: string, file: string): Promise<string> => folder.fails('ledger', 'add', book, file);

  /** Tables of a book, and the runs whose rows stand there, by shard. */
  async function standing(book: string): Promise<readonly string[]> {
    const tables = `SELECT name FROM system.tables WHERE database = 'shop' AND startsWith(name, '${book}_version')`;
    const runs = `SELECT DISTINCT concat(table, ' ', partition) AS name FROM system.parts WHERE database = 'shop' AND startsWith(table, '${book}_') AND NOT startsWith(table, '${book}_version') AND active`;
    const found = [await shop.rows(tables), await shop.rows(runs), await shop.rows(runs, 1)];
    return found
      .flat()
      .map(({ name }) => String(name).replace(/[0-9a-f]{12}$/, 'run'))
      .sort();
  }

  it.each([false, true])(
    'that fails leaves the book as it was, and the next one drops what it wrote (cluster: %s)',
    async (cluster) => {
      const name = cluster ? 'failed_two' : 'failed_one';
      const book = address(name, cluster);
      expect(await folder.run('ledger', 'add', book, one!)).toMatchObject({ code: 0 });
      const before = await folder.run('ledger', 'list', book);
      // A warning that fails the run: the rows stand there by then.
      const same = folder.write('same.csv', 'customer,date,amount\none,2024-01-01,10.00\nthree,2024-01-05,3.00\n');
      expect(await folder.run('ledger', 'add', book, same, '--fail-on', 'W350')).toMatchObject({ code: 1 });
      expect(await folder.run('ledger', 'list', book)).toEqual(before);
      expect((await standing(name)).filter((table) => table.includes('-2-'))).not.toEqual([]);
      expect(await folder.run('ledger', 'add', book, two!)).toMatchObject({ code: 0 });
      expect(await folder.run('ledger', 'remove', book, two!)).toMatchObject({ code: 0 });
      const left = await standing(name);
      expect(left.filter((table) => table.includes('_version'))).toEqual([`${name}_version_2`, `${name}_version_3`]);
      expect(left.filter((table) => table.includes('-2-')).length).toBe(1);
      expect(await folder.run('ledger', 'check', book)).toMatchObject({ code: 0 });
    },
  );

  it('that fails while it makes the book leaves no book, and on one server its rows go with the next one', async () => {
    const book = address('unmade');
    const same = folder.write('same-one.csv', 'customer,date,amount\none,2024-01-01,10.00\nthree,2024-01-05,3.00\n');
    expect(await folder.run('ledger', 'add', book, one!, same, '--fail-on', 'W350')).toMatchObject({ code: 1 });
    expect(await folder.fails('ledger', 'list', book)).toBe('66 E520');
    const rows = async () => (await standing('unmade')).filter((table) => !table.includes('_version'));
    expect(await rows()).not.toEqual([]);
    expect(await folder.run('ledger', 'add', book, two!)).toMatchObject({ code: 0 });
    expect(await rows()).toHaveLength(1);
    expect(await folder.json('ledger', 'check', book)).toMatchObject({ book: { files: 1, amount_total: 10 } });
  });

  it('that is killed leaves the old book or the new one, and the next one goes on from there', async () => {
    const book = address('killed', true);
    expect(await folder.run('ledger', 'add', book, one!)).toMatchObject({ code: 0 });
    const rows = Array.from({ length: 50_000 }, (_, i) => `k${i % 5000},2023-0${1 + (i % 9)}-11,${1 + (i % 97)}.50`);
    const large = folder.write('large.csv', `customer,date,amount\n${rows.join('\n')}\n`);
    const child = spawn('node', [join(import.meta.dirname, '../../bin/clv.js'), 'ledger', 'add', book, large]);
    const exit = once(child, 'exit');
    await until(async () => (await standing('killed')).some((table) => /_part .*-2-/.test(table)));
    child.kill('SIGKILL');
    await exit;
    expect(await folder.run('ledger', 'check', book)).toMatchObject({ code: 0 });
    expect(await folder.run('ledger', 'add', book, two!)).toMatchObject({ code: 0 });
    expect(await folder.run('ledger', 'check', book)).toMatchObject({ code: 0 });
  });

  it('that another one has overtaken is refused, whichever began first', async () => {
    const book = address('raced');
    expect(await folder.run('ledger', 'add', book, one!)).toMatchObject({ code: 0 });
    const raced = changeBook(book, folder.path, never, async (change) => {
      expect(await folder.run('ledger', 'add', book, two!)).toMatchObject({ code: 0 });
      await change.settle({ once: null, currency: 'EUR' }, 'of this test');
    });
    await expect(raced).rejects.toMatchObject({ code: 'E524' });
    expect(await readBook(book, folder.path)).toMatchObject({ currency: null, adds: [{ number: 1 }, { number: 2 }] });
    expect(await folder.run('ledger', 'check', book)).toMatchObject({ code: 0 });
  });

  it('whose rows another one has dropped, which came first, is told that, and no other fault (E501)', async () => {
    const book = address('dropped');
    expect(await folder.run('ledger', 'add', book, one!)).toMatchObject({ code: 0 });
    const fault = new ClvError('E501', { what: 'records', reader: 1, ledger: 0 });
    const failing = changeBook(book, folder.path, never, () => Promise.reject(fault));
    await expect(failing).rejects.toBe(fault);
    const dropped = changeBook(book, folder.path, never, async () => {
      expect(await folder.run('ledger', 'add', book, two!)).toMatchObject({ code: 0 });
      throw fault;
    });
    await expect(dropped).rejects.toMatchObject({ code: 'E524' });
  });

  it('that makes a book while another makes it is refused, whatever columns they keep', async () => {
    const book = address('made');
    const wide = folder.write('wide.csv', 'customer,date,amount,a,b\nx,2024-01-01,1.00,p,q\n');
    const made = changeBook(book, folder.path, never, async (change) => {
      expect(await change.book()).toBeNull();
      expect(await folder.run('ledger', 'add', book, wide)).toMatchObject({ code: 0 });
      const head = { header: [], kept: ['z'], customer: 'c', date: 'd', amount: 'a', currency: null, once: null };
      await change.create({ ...head, reading: '{}' }, 'of this test');
    });
    await expect(made).rejects.toMatchObject({ code: 'E524' });
    expect((await readBook(book, folder.path)).kept).toEqual(['a', 'b']);
  });

  it('is refused with the days that ClickHouse has not (E521)', async () => {
    const old = folder.write('old-days.csv', 'customer,date,amount\nx,1969-12-31,1.00\ny,2024-01-01,1.00\n');
    expect(await add(address('days'), old)).toBe('65 E521');
  });

  it('is refused to a user who may only read, who reads', async () => {
    const book = address('raced', false, READER);
    expect(await add(book, one!)).toMatch(/^(78 E445|65 E489)/);
    expect(await folder.run('ledger', 'remove', book, two!)).toMatchObject({ code: 78 });
    expect(await folder.run('ledger', 'list', book)).toMatchObject({ code: 0 });
  });

  it('stops where a shard does not answer, as reading does, and the book is as it was', async () => {
    const book = address('lost', true);
    expect(await folder.run('ledger', 'add', book, one!)).toMatchObject({ code: 0 });
    await shop.cluster.stopShard(1);
    try {
      expect(await folder.fails('ledger', 'list', book)).toBe('74 E447');
      expect(await add(book, two!)).toBe('74 E447');
    } finally {
      await shop.cluster.startShard(1);
    }
    await until(async () => (await folder.run('ledger', 'check', book)).code === 0);
    expect((await readBook(book, folder.path)).adds).toHaveLength(1);
  });
});

describe('an address', () => {
  it('of no book is refused (E520), of a newer one (E483), and of one that is kept elsewhere (E522)', async () => {
    const one = folder.write('single.csv', 'customer,date,amount\na,2024-01-01,10.00\n');
    for (const words of [['ledger', 'list'], ['ledger', 'remove'], ['compute'], ['closes'], ['close', '--reopen']]) {
      const rest = words[1] === 'remove' ? [one] : [];
      expect(await folder.fails(...words, address('nowhere'), ...rest), words.join(' ')).toBe('66 E520');
    }
    expect(await folder.run('ledger', 'add', address('single'), one)).toMatchObject({ code: 0 });
    expect(await folder.fails('compute', address('single', true))).toBe('2 E522');
    expect(await folder.fails('ledger', 'add', address('repl').concat('&cluster=replicated'), one)).toBe('2 E522');
    await shop.shards[0]!.command({ query: 'CREATE TABLE shop.single_version_2 AS shop.single_version_1' });
    await shop.shards[0]!.command({ query: "INSERT INTO shop.single_version_2 VALUES (99, '9.9', '{}')" });
    expect(await folder.fails('ledger', 'show', address('single'))).toBe('65 E483');
  });

  it('of another server of the cluster is another book of that name, and neither touches the rows of the other', async () => {
    const files = ['a', 'b'].map((id) =>
      folder.write(`twin-${id}.csv`, `customer,date,amount\n${id},2024-01-01,10.00\n`),
    );
    const here = address('twin', true);
    const there = here.replace(new URL(shop.cluster.urls[0]!).host, new URL(shop.cluster.urls[1]!).host);
    for (const file of files)
      for (const book of [here, there])
        expect(await folder.run('ledger', 'add', book, file)).toMatchObject({ code: 0 });
    for (const book of [here, there]) {
      expect(await folder.run('ledger', 'remove', book, files[0]!)).toMatchObject({ code: 0 });
      expect(await folder.json('ledger', 'check', book)).toMatchObject({ book: { files: 1, amount_total: 10 } });
    }
  });

  it('takes the place of FILES alone', async () => {
    expect(await folder.fails('compute', address('single'), join(folder.path, 'single.csv'))).toBe('2 E480');
    expect(await folder.fails('ledger', 'add', folder.at('new.clv'), address('single'))).toBe('2 E482');
    expect(await folder.fails('compute', address('single'), '--where', 'a=b')).toBe('2 E485');
  });
});
