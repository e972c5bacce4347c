import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/main.ts';
import { html } from '../../src/reporter/html/html.ts';
import { hardReport } from '../charts.ts';
import { HOSTILE_COLUMNS, hostileLog } from '../hostile.ts';
import { programOf, run } from './programs.ts';

/** Reports as a browser and a spreadsheet program see them. */
const FIXTURES = join(import.meta.dirname, '../../fixtures');
const chromium = programOf('chromium', 'chromium-browser', 'google-chrome');
const soffice = programOf('soffice', 'libreoffice');

const HOSTILE = [
  '<script>document.title="owned"</script>',
  '"><img src=x onerror="document.title=1">',
  '</style><svg onload="document.title=2">',
];

let folder: string;
let hostile: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clv-browser-'));
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = Array.from({ length: 90 }, (_, i) => {
    const text = quoted(HOSTILE[i % HOSTILE.length]!);
    return `${text},2024-0${1 + (i % 9)}-1${i % 10},${500 + i}.00,${text},beans,\n`;
  });
  hostile = join(folder, 'hostile.csv');
  writeFileSync(hostile, readFileSync(join(FIXTURES, 'transactions.csv'), 'utf8') + rows.join(''));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pinned = ['--margin', '30%', '--season', 'none', '-qq'];
const pareto = [...pinned, '--model', 'pareto-nbd'];
const REPORTS: Readonly<Record<string, readonly string[]>> = {
  compute: ['--by', 'region', '--interval', 'none', ...pareto],
  audit: ['--by', 'region', ...pareto],
  statement: ['--by', 'region', '--model-error', 'none', ...pareto],
  whatif: pareto,
  validate: ['--holdout', '26w', '--model-error', 'none', ...pareto],
  share: ['--market-equity', '1000000', ...pareto],
  inspect: ['-qq'],
};

async function report(command: string, file: string): Promise<string> {
  const path = join(folder, file);
  expect(await main([command, hostile, ...REPORTS[command]!, '-o', path])).toBe(0);
  return path;
}

describe.skipIf(chromium === null)('in a browser', () => {
  it('every kind of chart of what is hard to draw is there, and nothing is complained of', async () => {
    const page = join(folder, 'hard.html');
    let text = '';
    for await (const part of html.write(hardReport(), { width: 80, color: false })) text += part;
    writeFileSync(page, text);
    const { out, err } = run(chromium!, [
      ...['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`],
      ...['--enable-logging=stderr', '--dump-dom', `file://${page}`],
    ]);
    expect(err.split('\n').filter((line) => line.includes('CONSOLE'))).toEqual([]);
    // What the browser understood is what was written.
    const count = (where: string, name: string) => where.split(`<${name} `).length;
    for (const name of ['svg', 'rect', 'path', 'circle', 'text']) expect(count(out, name)).toBe(count(text, name));
    expect(out).not.toMatch(/<title>(owned|1|2)<|<script|<img/);
  });

  it.each(Object.keys(REPORTS))('%s: nothing runs, nothing is asked for, nothing is complained of', async (command) => {
    const page = await report(command, `${command}.html`);
    const log = join(folder, `${command}.net.json`);
    const { out, err } = run(chromium!, [
      ...[
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
      ...['--host-resolver-rules=MAP * ~NOTFOUND', `--user-data-dir=${join(folder, 'profile')}`],
      ...[`--log-net-log=${log}`, '--enable-logging=stderr', '--dump-dom', `file://${page}`],
    ]);
    expect(err.split('\n').filter((line) => line.includes('CONSOLE'))).toEqual([]);
    const asked = [...readFileSync(log, 'utf8').matchAll(/"url":"(https?:[^"]*)"/g)].map(([, url]) => url!);
    expect(asked.filter((url) => !/google|gstatic|gvt1/.test(url))).toEqual([]);
    expect(out).toContain('<h1>');
    expect(out).not.toMatch(/<title>(owned|1|2)<|<script|<img/);
  });

  it('shows hostile segments and ids as text', async () => {
    const page = await report('compute', 'text.html');
    const { out } = run(chromium!, ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', `file://${page}`]);
    expect(out).toContain('&lt;script&gt;document.title="owned"&lt;/script&gt;</th>');
    expect(out).toContain('role="img"');
  });

  it('prints', async () => {
    const page = await report('statement', 'print.html');
    const pdf = join(folder, 'print.pdf');
    run(chromium!, ['--headless', '--no-sandbox', '--disable-gpu', `--print-to-pdf=${pdf}`, `file://${page}`]);
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe.skipIf(soffice === null)('in a spreadsheet program', () => {
  it('ids keep their zeros, money its decimals, days are days, and nothing is a formula', async () => {
    const workbook = await report('compute', 'book.xlsx');
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';
    run(soffice!, [
      `-env:UserInstallation=file://${folder}/office`,
      '--headless',
      '--convert-to',
      filter,
      '--outdir',
      folder,
      workbook,
    ]);
    const { out } = { out: readFileSync(join(folder, 'book-customers.csv'), 'utf8') };
    const csv = join(folder, 'customers.csv');
    expect(await main(['compute', hostile, ...REPORTS['compute']!, '-o', csv])).toBe(0);
    const lines = readFileSync(csv, 'utf8').split('\n');
    expect(out.split('\n')).toHaveLength(lines.length);
    expect(out.split('\n')[0]).toBe(lines[0]);
    const plain = (line: string) => line.replace(/(\.\d*?)0+(?=,|$)/g, '$1').replace(/\.(?=,|$)/g, '');
    const ordinary = lines.filter((line) => /^\d/.test(line));
    const seen = new Set(out.split('\n'));
    expect(ordinary.filter((line) => !seen.has(plain(line)))).toEqual([]);
    expect(ordinary.some((line) => line.startsWith('00'))).toBe(true);
    expect(out).toContain('<script>');
  });

  it('a list as CSV, or a workbook, has no formula and no link, whatever ids, segments and columns are called', async () => {
    const log = join(folder, 'names.csv');
    writeFileSync(log, hostileLog());
    const outputs = ['list.csv', 'list.xlsx'].flatMap((name) => ['-o', join(folder, name)]);
    const by = ['--by', HOSTILE_COLUMNS.join(','), '--interval', 'none'];
    expect(await main(['compute', log, ...by, ...pareto, ...outputs])).toBe(0);
    // As it stands in the log, unguarded, such a text is a formula: what is looked for can be found.
    writeFileSync(join(folder, 'unguarded.csv'), 'a\n=1+1\n');
    const opened = (file: string): string => {
      const office = [`-env:UserInstallation=file://${folder}/office`, '--headless'];
      // Comma, quote, UTF-8, from line 1, and formulas are taken as such.
      const reading = file.endsWith('.csv') ? ['--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,1,true'] : [];
      run(soffice!, [...office, ...reading, '--convert-to', 'fods', '--outdir', folder, join(folder, file)]);
      return readFileSync(join(folder, file.replace(/\.\w+$/, '.fods')), 'utf8');
    };
    expect(opened('unguarded.csv')).toContain('table:formula=');
    for (const file of ['list.csv', 'list.xlsx']) {
      const text = opened(file);
      expect(text).not.toMatch(/table:formula=|<text:a |xlink:href="(?!http:\/\/www\.w3\.org)/);
      expect(text).toContain('DROP TABLE customers');
      rmSync(join(folder, file.replace(/\.\w+$/, '.fods')));
    }
  });
});
