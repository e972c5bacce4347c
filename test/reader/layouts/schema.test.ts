import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAYOUT_SCHEMA } from '../../../src/reader/layouts/schema.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FOLDER = join(ROOT, 'src/layouts');
const FIXTURES = join(ROOT, 'fixtures/layouts');
const names = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));
const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
const layouts = names.map((name) => LAYOUT_SCHEMA.parse(read(name)));
type Layout = (typeof layouts)[number];

/** Names are compared ignoring case, blanks, underscores, hyphens and a leading star. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_-]/gu, '')
    .replace(/^\*/, '');
const cells = (line: string): readonly string[] =>
  [',', ';', '\t'].flatMap((delimiter) =>
    line.split(delimiter).map((cell) => plain(cell.replace(/^\ufeff?"?|"$/g, ''))),
  );

function matches({ match, names: others }: Layout, header: ReadonlySet<string>): boolean {
  const has = (name: string): boolean => [name, ...(others?.[name] ?? [])].some((one) => header.has(plain(one)));
  return match.columns.every(has) && !(match.without ?? []).some(has);
}

/** The layouts that know one of the first 40 lines. */
function known(file: string): readonly string[] {
  const bytes = readFileSync(file);
  const text = file.endsWith('datev-extf.csv') ? bytes.toString('latin1') : bytes.toString('utf8');
  const headers = text
    .split(/\r?\n/)
    .slice(0, 40)
    .map((line) => new Set(cells(line)));
  return layouts.filter((layout) => headers.some((header) => matches(layout, header))).map((layout) => layout.name);
}

const fixtures = readdirSync(FIXTURES)
  .filter((file) => file.endsWith('.csv'))
  .map((file) => file.replace(/\.csv$/, ''));
/** A language or version of an export that the layout of another name reads. */
const LAYOUT_OF: Readonly<Record<string, string>> = { 'ebay-orders-de': 'ebay-orders' };

describe.each(layouts)('layout $name', (layout) => {
  it('is named as its file is, and says where its facts are from', () => {
    expect(names).toContain(layout.name);
    expect(layout.sources).not.toEqual([]);
  });

  it('refuses, or says who, when, how much, and what the amount holds', () => {
    const { refuse, customer, date, amount, holds } = layout;
    if (refuse) expect([customer, date, amount, holds]).toEqual([undefined, undefined, undefined, undefined]);
    else for (const part of [customer, date, amount, holds]) expect(part).toBeDefined();
    expect(layout.net === undefined).toBe(layout.net_holds === undefined);
  });

  it('lists no value as counted and left out at once', () => {
    for (const { column, count = [], leave_out = {} } of layout.rows ?? []) {
      const listed = [...count, ...Object.keys(leave_out)].map((value) => value.toLowerCase());
      expect(new Set(listed).size, column).toBe(listed.length);
    }
  });

  it('has a fixture', () => {
    expect(fixtures).toContain(layout.name);
  });
});

it.each(fixtures)('of all layouts only its own knows %s', (name) => {
  expect(known(join(FIXTURES, `${name}.csv`))).toEqual([LAYOUT_OF[name] ?? name]);
});

it.each(['transactions', 'subscriptions', 'market', 'margins'])('no layout knows the plain file %s', (name) => {
  expect(known(join(ROOT, 'fixtures', `${name}.csv`))).toEqual([]);
});

it('every file of the folder has a name of its own', () => {
  expect(layouts.map(({ name }) => name)).toEqual(names);
});
