import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/main.ts';
import { html } from '../../src/reporter/html/html.ts';
import { hardReport } from '../charts.ts';
import { Browser, type Look } from './chromium.ts';
import { programOf } from './programs.ts';

/**
 * Reports as they look on a phone, on a screen and on paper: size and structure as looks.json has them, and nothing that is wrong
 * to the eye. CLV_POPULATE=1 writes looks.json anew.
 */
const FIXTURES = join(import.meta.dirname, '../../fixtures');
const LOOKS = join(import.meta.dirname, 'looks.json');
const POPULATE = process.env['CLV_POPULATE'] === '1' && !process.env['CI'];
// It is no setting of the runs that are looked at.
delete process.env['CLV_POPULATE'];
const LOOK = readFileSync(join(import.meta.dirname, 'look.js'), 'utf8');
const chromium = programOf('chromium', 'chromium-browser', 'google-chrome');

/** A4 less its margins, in the pixels of a page: 178 mm. */
const PAPER = 673;
const SEEN: Readonly<Record<string, Look>> = {
  'phone, light': { width: 390, scheme: 'light', media: 'screen' },
  'phone, dark': { width: 390, scheme: 'dark', media: 'screen' },
  'screen, light': { width: 1280, scheme: 'light', media: 'screen' },
  'screen, dark': { width: 1280, scheme: 'dark', media: 'screen' },
  paper: { width: PAPER, scheme: 'dark', media: 'print' },
};

const file = (name: string): string => join(FIXTURES, name);
const shop = [file('transactions.csv'), '--margins', file('margins.csv')];
const plain = ['--model', 'pareto-nbd', '--season', 'none', '--model-error', 'none'];
const subscribers = [file('subscriptions.csv'), '--contract', '1m', '--margin', '30%', '--model-error', 'none'];
/** Runs whose reports are looked at; BOOK stands for a book of the shop with two closes. */
const REPORTS: Readonly<Record<string, readonly string[]>> = {
  compute: ['compute', ...shop, ...plain, '--by', 'region'],
  'compute of subscriptions': ['compute', ...subscribers, '--by', 'plan'],
  statement: ['statement', ...shop, ...plain, '--every', '1m'],
  share: ['share', ...shop, ...plain.slice(0, 4), '--market', file('market.csv')],
  whatif: ['whatif', ...shop, ...plain.slice(0, 4), '--acquisition-cost', '40'],
  audit: ['audit', ...shop, ...plain.slice(0, 4), '--by', 'region'],
  validate: ['validate', ...shop, ...plain, '--holdout', '26w'],
  cohorts: ['cohorts', ...shop, ...plain.slice(0, 4), '--every', '1q', '--acquisition', file('acquisition.csv')],
  close: ['close', 'BOOK', '--margins', file('margins.csv'), ...plain, '--by', 'region', '--as-of', '2024-09-30'],
  diff: ['diff', 'BOOK@1', 'BOOK@2'],
  inspect: ['inspect', file('transactions.csv')],
  explain: ['explain', ...shop, ...plain.slice(0, 4), '--id', '003919'],
  mrr: ['mrr', ...subscribers.slice(0, 3)],
};

let folder: string;
let browser: Browser;
const found: Record<string, unknown> = {};

describe.skipIf(chromium === null)('reports, looked at', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clv-looks-'));
    browser = await Browser.open(chromium!);
    const book = join(folder, 'book.db');
    expect(await main(['ledger', 'add', book, file('transactions.csv'), '-qq', '-o', join(folder, 'add.json')])).toBe(
      0,
    );
    const [, , ...close] = REPORTS['close']!;
    for (const asOf of ['2024-03-31', '2024-06-30'])
      expect(await main(['close', book, ...close.with(-1, asOf), '-qq', '-o', join(folder, 'before.json')])).toBe(0);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
    if (POPULATE) writeFileSync(LOOKS, linesOf(found));
  });

  it.each(Object.keys(REPORTS))('%s', async (name) => {
    const page = join(folder, `${name}.html`);
    const words = REPORTS[name]!.map((word) => word.replace('BOOK', join(folder, 'book.db')));
    expect(await main([...words, '-qq', '-o', page])).toBe(name === 'diff' ? 1 : 0);
    await looksAsKept(name, page);
  });

  it('charts of what is hard to draw', async () => {
    const page = join(folder, 'hard.html');
    let text = '';
    for await (const part of html.write(hardReport(), { width: 80, color: false })) text += part;
    writeFileSync(page, text);
    await looksAsKept('hard', page);
  });

  it('asked for nothing, and complained of nothing', () => {
    expect(browser.complaints).toEqual([]);
    expect(browser.asked.filter((url) => !url.startsWith(`file://${folder}/`))).toEqual([]);
  });
});

/** What the test itself brings into a report is another folder each time. */
const steady = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(folder, 'FOLDER').replaceAll(FIXTURES, 'FIXTURES'));

interface Looked {
  readonly faults: readonly string[];
  readonly structure: unknown;
  readonly sizes: readonly (readonly [width: number, height: number])[];
}

async function looksAsKept(name: string, page: string): Promise<void> {
  const faults: string[] = [];
  const looked: Record<string, Looked> = {};
  for (const [seen, look] of Object.entries(SEEN)) {
    await browser.show(page, look);
    looked[seen] = await browser.evaluate<Looked>(LOOK);
    faults.push(...looked[seen].faults.map((fault) => `${seen}: ${fault}`));
  }
  expect(faults).toEqual([]);
  const all = Object.values(looked);
  for (const { structure } of all) expect(structure).toEqual(all[0]!.structure);
  for (const on of ['phone', 'screen']) expect(looked[`${on}, dark`]!.sizes).toEqual(looked[`${on}, light`]!.sizes);
  const [phone, , screen, , paper] = all.map(({ sizes }) => sizes);
  found[name] = steady({ ...(all[0]!.structure as object), phone, screen, paper });
  if (!POPULATE) expect(found[name]).toEqual((JSON.parse(readFileSync(LOOKS, 'utf8')) as typeof found)[name]);
}

/** JSON with a line a member of each report. */
function linesOf(reports: object): string {
  const members = (report: object): string =>
    Object.entries(report)
      .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n');
  const all = Object.entries(reports).map(([name, report]) => ` ${JSON.stringify(name)}: {\n${members(report)}\n }`);
  return `{\n${all.join(',\n')}\n}\n`;
}
