import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeBook } from '../../src/ledger/registry.ts';
import { runs } from '../runs.ts';
import { Folder } from './books.ts';

/** Writers that are killed, run out of disk, or come at the same time: the book is the old one or the new one. */

const CLV = join(import.meta.dirname, '../../bin/clv.js');
const folder = new Folder();
afterAll(() => folder.remove());

/** So many purchases of a month. */
function month(name: string, number: number, rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, i) => `${number}-${i},c${i % 997},2025-0${number}-${String(1 + (i % 28)).padStart(2, '0')},${1 + (i % 90)}.25`,
  );
  return folder.write(name, `${['ref,customer,date,amount', ...lines].join('\n')}\n`);
}

const january = month('january.csv', 1, 2_000);
const february = month('february.csv', 2, 20_000);
const base = folder.at('base.clv');
beforeAll(() => folder.json('ledger', 'add', base, january, '-qq'));

/** A copy of the book in a folder of its own. */
function copyIn(name: string): string {
  mkdirSync(folder.at(name), { recursive: true });
  const book = join(folder.at(name), 'shop.clv');
  copyFileSync(base, book);
  return book;
}

async function held(book: string): Promise<number> {
  const { book: told } = await folder.json<{ book: { transactions: number } }>('ledger', 'check', book);
  return told.transactions;
}

/** A run of the program of its own: how it ended, and its error. */
function clv(...words: readonly string[]): string {
  const { status, stderr } = spawnSync(process.execPath, [CLV, ...words], { encoding: 'utf8' });
  return `${status} ${/error\[(E\d+)\]/.exec(stderr)?.[1] ?? stderr}`;
}

describe('a writer that is killed', () => {
  /** `CLV_KILLS=200 npx vitest run test/books/writers.test.ts -t killed` for a long trial. */
  const asked = process.env['CLV_KILLS'];
  // No setting of the program, which refuses it (E166).
  delete process.env['CLV_KILLS'];
  const KILLS = Number(asked ?? runs(15));

  /** Kills a change of a copy of a book at some moments of its run, counts what then stands, and lets it end. */
  async function kills(
    from: string,
    book: string,
    words: readonly string[],
    states: readonly [old: number, changed: number],
    stateOf: (book: string) => Promise<number>,
  ): Promise<void> {
    const started = performance.now();
    execFileSync(process.execPath, [CLV, ...words], { stdio: 'ignore' });
    const whole = performance.now() - started;
    let random = 20250101;
    const seen = new Map<string, number>();
    for (let kill = 0; kill < KILLS; kill++) {
      copyFileSync(from, book);
      random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
      const wait = (random / 2 ** 31) * whole;
      const writer = spawn(process.execPath, [CLV, ...words], { stdio: 'ignore' });
      const ended = new Promise<void>((resolve) => writer.once('exit', () => resolve()));
      // Every second kill counts its moment from that at which the copy is there.
      if (kill % 2 === 1) while (!existsSync(`${book}.new`) && writer.exitCode === null) await sleep(1);
      await Promise.race([sleep(kill % 2 === 1 ? wait / 2 : wait), ended]);
      writer.kill('SIGKILL');
      await ended;
      const state = await stateOf(book);
      expect(states).toContain(state);
      const found = `${state === states[0] ? 'old' : 'new'}, ${existsSync(`${book}.new`) ? 'a copy left' : 'no copy'}`;
      seen.set(found, (seen.get(found) ?? 0) + 1);
    }
    if (asked !== undefined) process.stdout.write(`${JSON.stringify(Object.fromEntries(seen))}\n`);
    copyFileSync(from, book);
    expect(clv(...words)).toMatch(/^0/);
    expect(await stateOf(book)).toBe(states[1]);
    expect(
      readdirSync(dirname(book))
        .filter((name) => !['shop.clv.fits', 'shop.clv.states'].includes(name))
        .sort(),
    ).toEqual(['shop.clv', 'shop.clv.lock']);
  }

  const timeout = 60_000 + KILLS * 20_000;

  it('leaves the old book or the new one, and nothing that the next does not remove', { timeout }, async () => {
    const book = copyIn('killed');
    await kills(base, book, ['ledger', 'add', book, february, '-qq'], [2_000, 22_000], held);
  });

  it('while it closes, leaves the book without the close or with all of it', { timeout }, async () => {
    const book = copyIn('closing');
    const closes = async (file: string): Promise<number> => {
      await held(file);
      return (await folder.json<{ closes: readonly object[] }>('closes', file)).closes.length;
    };
    const parameters = { r: 0.6, alpha: 9, s: 0.5, beta: 12 };
    const spend = { name: 'gamma-gamma', parameters: { p: 5, q: 4, gamma: 14 } };
    const saved = { model: { name: 'pareto-nbd', time_unit: 'week', parameters, spend } };
    const model = folder.write('model.json', JSON.stringify(saved));
    await kills(base, book, ['close', book, '--margin', '30%', '--use-model', model, '-qq'], [0, 1], closes);
  });
});

describe('a second writer', () => {
  it('is told to come later (E484, 75), while readers read on; a lock that is left holds nobody', async () => {
    const book = copyIn('busy');
    const hold = `const { DuckDBInstance } = await import('@duckdb/node-api');
await DuckDBInstance.create(process.argv[1]); console.log('held'); setInterval(() => {}, 1000)`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', hold, `${book}.lock`], { cwd: dirname(CLV) });
    try {
      await new Promise((resolve, reject) => {
        other.stdout.once('data', resolve);
        other.once('exit', reject);
      });
      expect(await folder.fails('ledger', 'add', book, february)).toBe('75 E484');
      expect(await held(book)).toBe(2_000);
    } finally {
      const gone = new Promise((resolve) => other.once('exit', resolve));
      other.kill('SIGKILL');
      await gone;
    }
    await folder.json('ledger', 'add', book, february, '-qq');
    expect(await held(book)).toBe(22_000);
  });

  it('of the same process is told so too', async () => {
    const book = copyIn('twice');
    const second = await changeBook(book, folder.path, new AbortController().signal, () =>
      folder.fails('ledger', 'remove', book, january),
    );
    expect(second).toBe('75 E484');
    expect(await held(book)).toBe(2_000);
  });
});

describe('a disk or a folder', () => {
  it('that is full leaves the old book, and says so (E421, 74)', ({ skip }) => {
    mkdirSync(folder.at('small'));
    const small = folder.at('small');
    const size = statSync(base).size + 400_000;
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', small]).status !== 0)
      skip('a small tmpfs can only be mounted by root');
    try {
      const book = join(small, 'shop.clv');
      copyFileSync(base, book);
      const old = readFileSync(book);
      const { status, stderr } = spawnSync(process.execPath, [CLV, 'ledger', 'add', book, february, '-qq']);
      // The disk of the book, and not that of the working files.
      expect([status, String(stderr)]).toEqual([74, expect.stringMatching(/error\[E421\] \S*shop\.clv/)]);
      expect(readFileSync(book).equals(old)).toBe(true);
      expect(readdirSync(small).filter((name) => name.endsWith('.new'))).toEqual([]);
    } finally {
      execFileSync('umount', [small]);
    }
  });

  it('that is not there or cannot be written is said (E494, 73)', async ({ skip }) => {
    expect(await folder.fails('ledger', 'add', folder.at('nowhere/shop.clv'), january)).toBe('73 E494');
    if (process.getuid?.() === 0) skip('root may write everywhere');
    const book = copyIn('read-only');
    chmodSync(book, 0o444);
    expect(await folder.fails('ledger', 'add', book, february)).toBe('73 E494');
    chmodSync(dirname(book), 0o555);
    expect(await folder.fails('ledger', 'show', book)).toMatch(/^0/);
    chmodSync(dirname(book), 0o755);
  });

  it('keeps the permissions of the book', async () => {
    const book = copyIn('modes');
    chmodSync(book, 0o640);
    await folder.json('ledger', 'add', book, february, '-qq');
    expect(statSync(book).mode & 0o777).toBe(0o640);
  });
});

describe('a file', () => {
  it('that is no book is named, whatever it is called', async () => {
    for (const [name, table] of Object.entries({
      'titles.clv': 'book (title VARCHAR)',
      'shops.clv': 'shops (format INTEGER)',
    })) {
      const instance = await DuckDBInstance.create(folder.at(name));
      const connection = await instance.connect();
      await connection.run(`CREATE TABLE ${table}`);
      connection.closeSync();
      instance.closeSync();
      expect(await folder.fails('compute', folder.at(name))).toBe('65 E481');
    }
    const other = folder.at('titles.clv');
    expect(await folder.fails('ledger', 'add', other, january)).toBe('65 E481');
    expect(await folder.fails('ledger', 'show', january)).toBe('65 E481');
    expect(await folder.fails('ledger', 'add', january, february)).toBe('65 E481');
    expect(await folder.fails('ledger', 'add', folder.at('new.clv'), base)).toBe('2 E482');
    expect(await folder.fails('ledger', 'check', folder.at('nowhere.clv'))).toBe('66 E401');
    expect(await folder.fails('compute', base, january)).toBe('2 E480');
    expect(await folder.fails('compute', base, '--where', 'ref=1')).toBe('2 E485');
  });

  it('of a later format is read by nobody (E483), one with changes beside it neither (E496)', async () => {
    const book = copyIn('later');
    await change(book, 'UPDATE book SET format = 999');
    for (const words of [
      ['compute', book],
      ['ledger', 'check', book],
      ['ledger', 'add', book, february],
    ])
      expect(await folder.fails(...words)).toBe('65 E483');
    const beside = copyIn('wal');
    writeFileSync(`${beside}.wal`, '');
    for (const words of [
      ['compute', beside],
      ['ledger', 'show', beside],
    ])
      expect(await folder.fails(...words)).toBe('75 E496');
  });
});

/** Changes a book as another program may. */
async function change(book: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(book);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

describe('a book that something else has changed', () => {
  it.each([
    ['an amount', 'UPDATE transactions SET amount = amount + 1 WHERE rowid = 7', true],
    ['a day', 'UPDATE transactions SET day = day + 1 WHERE rowid = 7', true],
    ['a row that is gone', 'DELETE FROM transactions WHERE rowid = 7', true],
    ['a row that counts no more', 'UPDATE transactions SET ended = 1 WHERE rowid = 7', true],
    ['an id', "UPDATE customers SET customer_id = 'somebody' WHERE customer = 7", true],
    ['a customer who is gone', 'DELETE FROM customers WHERE customer = 7', true],
    ['what is added up', 'UPDATE customer_days SET revenue = revenue + 1 WHERE rowid = 7', true],
    ['what is added up of a customer', 'UPDATE customer_sums SET revenue = revenue + 1 WHERE rowid = 7', true],
    ['an account', 'UPDATE adds SET amount = amount - 1', true],
    ['a text', "UPDATE transactions SET c0 = 'x' WHERE rowid = 7", false],
    ['a customer', 'UPDATE transactions SET customer = customer % 900 + 1 WHERE rowid = 7', false],
    ['an id that stands twice', 'INSERT INTO customers SELECT 5000, customer_id FROM customers LIMIT 1', false],
  ])('is told by its accounts: %s', async (name, statement, everywhere) => {
    const book = copyIn(`changed ${name}`);
    await change(book, statement);
    expect(await folder.fails('ledger', 'check', book)).toBe('65 E487');
    if (everywhere) expect(await folder.fails('audit', book, '--margin', '30%', '-qq')).toBe('65 E487');
  });

  it('is told or says the same where bytes are damaged or missing', async () => {
    const book = copyIn('damaged');
    const bytes = readFileSync(base);
    const right = (await folder.run('audit', base, '--margin', '30%', '-qq')).out;
    const figures = (text: string): string => text.replace(/"input": \{[\s\S]*?\n {2}\},\n/, '');
    let random = 7;
    let told = 0;
    for (let trial = 0; trial < runs(60); trial++) {
      random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
      const at = Math.floor((random / 2 ** 31) * bytes.length);
      const damaged = trial % 4 === 3 ? bytes.subarray(0, at) : Buffer.from(bytes);
      if (trial % 4 !== 3) damaged[at]! ^= 0x40;
      writeFileSync(book, damaged);
      const { code, out, err } = await folder.run('audit', book, '--margin', '30%', '-qq');
      if (code === 0) expect(figures(out)).toBe(figures(right));
      else {
        told++;
        // E486 or E487; a file that is cut off before its mark is no book, and what is left of it no export.
        expect(`${code} ${err}`).toMatch(/^65 clv: error\[(E486|E487|E2\d\d)\]/);
      }
      const check = await folder.fails('ledger', 'check', book);
      expect(check).toMatch(code === 0 ? /^(0|65 E48[67])/ : /^65 E48[167]/);
    }
    expect(told).toBeGreaterThan(0);
  });
});
