import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { run } from './command.ts';
import { HOSTILE, HOSTILE_COLUMNS, hostileLog } from './hostile.ts';

/** What a text of data cannot do in any output or input: it is shown, or written as it is, and never obeyed. */
const VALUED = ['--margin', '30%', '--model', 'pareto-nbd', '--season', 'none', '--interval', 'none'];
const BY = HOSTILE_COLUMNS.join(',');
/** Blanks around a text are no part of it. */
const KEPT = HOSTILE.map((text) => text.trim());
const OUTPUTS = ['csv', 'json', 'ndjson', 'md', 'html', 'xlsx'];

const folder = mkdtempSync(join(tmpdir(), 'clv-injection-'));
const at = (name: string): string => join(folder, name);
const textOf = (ending: string): string => readFileSync(at(`out.${ending}`), 'utf8');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  writeFileSync(at('data.csv'), hostileLog());
  const outputs = OUTPUTS.flatMap((ending) => ['-o', at(`out.${ending}`)]);
  expect(await main(['compute', at('data.csv'), ...VALUED, '--by', BY, ...outputs, '-qq'])).toBe(0);
});

/** Characters that a terminal obeys or hides, but for line ends. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const shown = (text: string): string => text.replaceAll('\n', '');

describe('hostile ids, segments and names of columns', () => {
  it('are what they were in JSON, own properties of their names among them', () => {
    const { customers, segments } = JSON.parse(textOf('json'));
    const ids = new Set(customers.map((one: { customer_id: string }) => one.customer_id));
    expect(KEPT.filter((text) => !ids.has(text))).toEqual([]);
    for (const name of HOSTILE_COLUMNS) expect(Object.keys(segments[0])).toContain(name);
    const seen = new Set(segments.map((one: Record<string, string>) => one[HOSTILE_COLUMNS[0]]));
    expect(KEPT.filter((text) => !seen.has(text))).toEqual([]);
    const lines = textOf('ndjson').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).customer_id)).toEqual([
      ...customers.map((one: { customer_id: string }) => one.customer_id),
    ]);
    expect(Object.keys({})).toEqual([]);
    expect(({} as Record<string, unknown>)['owned']).toBeUndefined();
  });

  it('are no formula in CSV, and whole behind the apostrophe', () => {
    const [header, ...rows] = parse(textOf('csv')) as string[][];
    const cells = [...header!, ...rows.flatMap((row) => row.slice(0, 3))];
    expect(cells.filter((cell) => /^\s*[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
    const ids = new Set(rows.map(([id]) => id));
    expect(KEPT.filter((text) => !ids.has(text) && !ids.has(`'${text}`))).toEqual([]);
  });

  it('are texts of a workbook, which has no formula, no link and nothing from elsewhere', () => {
    const files = unzipSync(readFileSync(at('out.xlsx')));
    expect(Object.keys(files).filter((name) => /external|vba|macro|hyperlink/i.test(name))).toEqual([]);
    const sheets = Object.entries(files).filter(([name]) => name.startsWith('xl/worksheets/'));
    expect(sheets.length).toBeGreaterThan(1);
    for (const [, bytes] of sheets) expect(strFromU8(bytes)).not.toMatch(/<f[\s>]|<hyperlink|<script|<img/);
  });

  it('make no element of a page, and no attribute', () => {
    const page = textOf('html');
    const tags = new Set(Array.from(page.matchAll(/<([a-z!][\w-]*)/gi), ([, name]) => name!.toLowerCase()));
    for (const tag of ['script', 'img', 'textarea', 'iframe', 'object', 'b']) expect(tags).not.toContain(tag);
    expect(page.replace(/&[^;]+;/g, '')).not.toMatch(/<[^>]*\son\w+=/i);
    expect(page).toContain('&lt;script&gt;document.title=');
    expect(page).toContain('default-src &#39;none&#39;');
    expect(shown(page)).not.toMatch(OBEYED);
  });

  it('are plain words of Markdown', () => {
    const text = textOf('md');
    expect(text).not.toMatch(/(?<!\\)!?\[[^\]]*(?<!\\)\]\(|<[a-z/]/i);
    expect(text.split('\n').filter((line) => line.startsWith('# '))).toEqual([]);
    expect(shown(text)).not.toMatch(OBEYED);
  });

  it('say nothing to a terminal, from tables, notes or errors', async () => {
    const line = `clv compute data.csv ${VALUED.join(' ')} --by $'=cmd()<b>\\x1b[31m'`;
    const { code, out, err } = await run(`${line}; clv explain data.csv --id $'evil\\x1b[3J' --margin 30% -q`, folder);
    expect(code).not.toBe(0);
    expect(out).toContain('evil\\u{1b}');
    expect(err).toContain('evil\\u{1b}[3J');
    expect(shown(out + err)).not.toMatch(OBEYED);
  });
});

describe('hostile names of files', () => {
  it.each([
    ...['[1]*.csv', "a'b.csv", '$(touch owned).csv', '`touch owned`.csv', '-rf.csv', 'a\nb.csv', '\x1b[31mred.csv'],
    ...['%s%n.csv', "x'; DROP TABLE customers; --.csv", '"q".csv', '__proto__.csv', 'a;b|c&d.csv', '~.csv'],
  ])('are names: %j', async (name) => {
    const inside = mkdtempSync(join(folder, 'names-'));
    // What a glob would take instead.
    writeFileSync(join(inside, '1x.csv'), 'no transactions\n');
    writeFileSync(join(inside, name), 'customer,date,amount\na,2024-01-02,5.00\na,2024-01-09,7.00\n');
    const code = await main([
      'audit',
      join(inside, name),
      '--margin',
      '50%',
      '-qq',
      '-o',
      join(inside, `out ${name}.json`),
    ]);
    expect(code).toBe(0);
    const found = JSON.parse(readFileSync(join(inside, `out ${name}.json`), 'utf8'));
    expect(found.input.files.map((one: { name: string }) => one.name.endsWith(name))).toEqual([true]);
    expect(readdirSync(inside).sort()).toEqual(['1x.csv', name, `out ${name}.json`].sort());
  });
});

describe('hostile settings', () => {
  it('of a model change nothing but the model', async () => {
    const parameters = '{"r":0.55,"alpha":10.6,"s":0.6,"beta":11.7}';
    const spend = '{"name":"gamma-gamma","spend_from":"all","parameters":{"p":6.25,"q":3.74,"gamma":15.44}}';
    const own = '"__proto__":{"owned":1},"constructor":{"prototype":{"owned":1}}';
    const model = `{${own},"model":{"name":"pareto-nbd","time_unit":"week",${own},"parameters":${parameters},"spend":${spend}}}`;
    writeFileSync(at('hostile.json'), model);
    writeFileSync(at('plain.json'), model.replaceAll(`${own},`, ''));
    const equity = async (file: string): Promise<string> => {
      const words = ['compute', at('data.csv'), '--margin', '30%', '--use-model', at(file), '--customers', 'none'];
      expect(await main([...words, '--interval', 'none', '-qq', '-o', at('used.json')])).toBe(0);
      return JSON.parse(readFileSync(at('used.json'), 'utf8')).summary.customer_equity;
    };
    expect(await equity('hostile.json')).toBe(await equity('plain.json'));
    expect(({} as Record<string, unknown>)['owned']).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', '../layouts/ebay-orders', '\x1b[31m'])('name no layout: %j', async (name) => {
    const { code, err } = await run(
      `clv compute data.csv --margin 30% --layout $LAYOUT`.replace('$LAYOUT', `'${name}'`),
      folder,
    );
    expect(code).not.toBe(0);
    expect(err).toMatch(/error\[E(133|401)\]/);
    expect(shown(err)).not.toMatch(OBEYED);
  });
});
