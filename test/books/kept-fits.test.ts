import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Folder } from './books.ts';

/** What is fitted to a book once is the same as when it is fitted each time. The built program alone keeps fits. */

const ROOT = join(import.meta.dirname, '../..');
const CLV = join(ROOT, 'bin/clv.js');
const folder = new Folder();
afterAll(() => folder.remove());

/** Runs the built program on a book. @returns its report, and what is kept beside the book then */
function run(
  command: string,
  book: string,
  options: readonly string[],
): readonly [report: string, fits: string, states: string] {
  const out = folder.at('out.json');
  rmSync(out, { force: true });
  const { status, stderr } = spawnSync(process.execPath, [CLV, command, book, ...options, '-qq', '-o', out]);
  if (status !== 0) throw new Error(String(stderr));
  const kept = existsSync(`${book}.states`) ? readdirSync(`${book}.states`).sort() : [];
  const states = kept.map((name) => `${name} ${statSync(join(`${book}.states`, name)).mtimeMs}`);
  return [readFileSync(out, 'utf8'), readFileSync(`${book}.fits`, 'utf8'), states.join()];
}

/** Removes what is kept beside a book. */
function forget(book: string): void {
  for (const kept of ['fits', 'states']) rmSync(`${book}.${kept}`, { recursive: true, force: true });
}

function bookOf(name: string, file: string): string {
  const book = folder.at(name);
  execFileSync(process.execPath, [CLV, 'ledger', 'add', book, file, '-qq'], { stdio: 'ignore' });
  return book;
}

/** Customers who buy at one rate, with and without end, or at one price. */
function alike(name: string, price: (i: number) => string): string {
  let random = 7;
  const next = (): number => {
    random = (random * 16_807) % 2_147_483_647;
    return random / 2_147_483_647;
  };
  const rows = Array.from({ length: 150 }, (_, c) => {
    const dates: string[] = [];
    for (let day = Math.floor(next() * 200); day < 500; day += 1 + Math.floor(-40 * Math.log(next())))
      dates.push(new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10));
    return dates.map((date, i) => `c${c},${date},${price(c + i)}`).join('\n');
  });
  return folder.write(name, `customer,date,amount\n${rows.join('\n')}\n`);
}

/** One model, whose fit takes a moment. */
const ONE = ['--model', 'pareto-nbd', '--season', 'none'];

let shop = '';
beforeAll(() => {
  shop = bookOf('shop.clv', join(ROOT, 'fixtures/transactions.csv'));
});

describe('a fit that is kept', () => {
  it.each([
    ['compute', []],
    ['compute', ['--fit-by', 'region', '--pool-small', '--season', 'month']],
    ['compute', ['--model', 'pareto-nbd', '--season', 'none', '--as-of', '2025-03-31', '--spend', 'mean']],
    ['compute', ['--model', 'bg-bb', '--opportunity', '1m', '--interval', 'none']],
    ['compute', ['--model', 'ggom-nbd', '--season', 'none', '--model-error', 'none', '--horizon', '3y']],
    ['statement', ['--from', '2024-12-31', '--to', '2025-06-30']],
    ['statement', ['--from', '2024-12-31', '--from-discount-rate', '12%', ...ONE, '--model-error', 'none']],
    ['statement', ['--every', '1q', ...ONE, '--model-error', 'none']],
    ['whatif', ['--set', 'retention=+1%', ...ONE]],
    ['explain', ['--state', '2,180,300', '--mean-margin', '12', ...ONE]],
    ['audit', ONE],
    ['compute', ['--spend-from', 'all', '--by', 'region', '--customer-intervals', ...ONE]],
    ['validate', ['--models', 'pareto-nbd,bg-nbd', '--season', 'none', '--holdout', '26w']],
  ])('says what one says that is fitted: %s %j', (command, more) => {
    const options = ['--margin', '30%', ...more];
    forget(shop);
    const [first, kept, states] = run(command, shop, options);
    expect(kept.split('\n').length).toBeGreaterThan(2);
    const [second, after, later] = run(command, shop, options);
    expect(second).toBe(first);
    // Nothing was fitted or rolled up again: that would have been kept anew, as the last.
    expect([after, later]).toEqual([kept, states]);
  });

  it('of customers alike is the limit that they tend to', () => {
    const one = bookOf(
      'alike.clv',
      alike('alike.csv', () => '12.50'),
    );
    const options = ['--margin', '30%', '--horizon', '2y'];
    const first = run('compute', one, options);
    expect(first[0]).toContain('"limit_of": ');
    expect(run('compute', one, options)).toEqual(first);
  });

  it('serves other margins of the same customers, rates and commands, and no other customers', () => {
    const options = ['--model', 'pareto-nbd', '--season', 'none', '--model-error', 'none', '--margin', '30%'];
    const count = (kept: string): number => kept.split('\n').length - 2;
    forget(shop);
    // Two fits and two variances a valuation.
    expect(count(run('compute', shop, options)[1])).toBe(4);
    expect(count(run('compute', shop, [...options, '--discount-rate', '8%', '--horizon', '3y'])[1])).toBe(6);
    expect(count(run('whatif', shop, [...options.slice(0, 4), '--margin', '30%'])[1])).toBe(6);
    expect(count(run('compute', shop, [...options.slice(0, -1), '40%'])[1])).toBe(9);
    expect(count(run('compute', shop, [...options, '--as-of', '2025-01-31'])[1])).toBe(13);
  });

  it('is of the rows that count: what came since is in the figures, and what was taken out is not', () => {
    const book = bookOf('grows.clv', join(ROOT, 'fixtures/transactions.csv'));
    const options = ['--margin', '30%', '--season', 'none', '--model-error', 'none'];
    const [before, , states] = run('compute', book, options);
    const more = folder.write(
      'more.csv',
      'customer_id,date,amount,region,product,note\n000104,2025-06-30,40.00,South,beans,\nnew,2025-06-29,12.50,South,beans,\n',
    );
    execFileSync(process.execPath, [CLV, 'ledger', 'add', book, more, '-qq'], { stdio: 'ignore' });
    const [after, , later] = run('compute', book, options);
    // None of those before is left: nobody would ask for them again.
    expect(later.split(',').some((one) => states.split(',').includes(one))).toBe(false);
    const fresh = folder.at('fresh.clv');
    copyFileSync(book, fresh);
    const unnamed = (report: string, of: string): string => report.replaceAll(of, 'BOOK');
    expect(unnamed(after, book)).toBe(unnamed(run('compute', fresh, options)[0], fresh));
    execFileSync(process.execPath, [CLV, 'ledger', 'remove', book, more, '-qq'], { stdio: 'ignore' });
    const { input: _, ...removed } = JSON.parse(run('compute', book, options)[0]) as { input: unknown };
    const { input: __, ...asBefore } = JSON.parse(before) as { input: unknown };
    expect(removed).toEqual(asBefore);
  });

  it('that somebody changed is not taken, and goes with the next', () => {
    const options = ['--margin', '30%', '--season', 'none', '--model-error', 'none'];
    forget(shop);
    const [first, kept] = run('compute', shop, options);
    const changed = kept.replace(/("parameters":\[)0?\.?\d/, '$19');
    expect(changed).not.toBe(kept);
    writeFileSync(`${shop}.fits`, changed);
    const [second, after] = run('compute', shop, options);
    expect(second).toBe(first);
    expect(after.split('\n').sort()).toEqual(kept.split('\n').sort());
  });

  it('is that of a close too, and of a copy of the book', () => {
    const book = folder.at('copy.clv');
    copyFileSync(shop, book);
    const options = ['--margin', '30%', '--as-of', '2025-06-30'];
    const [, kept] = run('close', book, options);
    const [report, after] = run('compute', book, options);
    expect(after).toBe(kept);
    forget(book);
    expect(run('compute', book, options)[0]).toBe(report);
  });
});
