import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What a room may import besides itself. A file of src that stands in no folder is a room. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  'resources.ts': [],
  data: ['base'],
  models: ['data', 'base'],
  engine: ['models', 'data', 'base'],
  valuation: ['engine', 'models', 'ledger/ledger.ts', 'ledger/steps', 'data', 'base'],
  aggregator: ['data', 'base'],
  report: ['aggregator', 'valuation', 'engine', 'data', 'base'],
  reporter: ['data', 'base'],
  ledger: ['resources.ts', 'data', 'base'],
  reader: ['resources.ts', 'data', 'base'],
  cli: ['resources.ts', 'report', 'reporter', 'valuation', 'models', 'ledger', 'reader', 'aggregator', 'data', 'base'],
  commands: [
    'resources.ts',
    'cli',
    'report',
    'reporter',
    'valuation',
    'aggregator',
    'engine',
    'models',
    'ledger',
    'reader',
    'data',
    'base',
  ],
  schema: ['commands', 'report', 'aggregator', 'data', 'base'],
  'program.ts': ['commands', 'schema', 'cli', 'resources.ts', 'base'],
  'main.ts': ['program.ts', 'cli', 'reader', 'base'],
  'index.ts': ['report', 'reporter', 'valuation', 'engine', 'models', 'ledger', 'reader', 'data', 'base'],
};

/** What a folder may not import of its own room: a model another model, a store another store, a step any store. */
const MODELS = 'pareto-nbd beta-geometric bg-bb ggom-nbd contracts spend'.split(' ').map((name) => `models/${name}`);
const APART: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(MODELS.map((model) => [model, MODELS.filter((other) => other !== model)])),
  'models/numeric': MODELS,
  'ledger/steps': ['ledger/duckdb', 'ledger/clickhouse'],
  'ledger/duckdb': ['ledger/clickhouse'],
  'ledger/clickhouse': ['ledger/duckdb'],
};

/** Packages, and what the system offers, with all who may know them; a package that is not here nobody may. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  'decimal.js': ['base/decimal.ts'],
  'fastest-levenshtein': ['base/nearest.ts'],
  '@stdlib': ['models'],
  '@duckdb/node-api': ['ledger/duckdb'],
  '@clickhouse/client': ['ledger/clickhouse'],
  'csv-parse': ['reader'],
  'iconv-lite': ['reader'],
  saxes: ['reader/files/workbook'],
  yauzl: ['reader/files/archive.ts'],
  zod: ['reader/layouts/schema.ts', 'schema'],
  'cli-table3': ['reporter/table'],
  'string-width': ['reporter/table', 'cli'],
  chalk: ['reporter/table', 'cli'],
  'd3-scale': ['reporter/html/charts'],
  'd3-shape': ['reporter/html/charts'],
  fflate: ['reporter/xlsx'],
  commander: ['cli', 'main.ts', 'program.ts', 'commands'],
  '@commander-js/extra-typings': ['cli', 'main.ts', 'program.ts', 'commands'],
  'node:': ['reader', 'ledger', 'cli', 'commands', 'main.ts', 'program.ts', 'resources.ts'],
};

/** Files that a folder may have. */
const MOST = 20;

const SRC = join(import.meta.dirname, '../src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Whether a path or the name of a package is one of some places, or in one. */
function isIn(name: string, places: readonly string[]): boolean {
  return places.some((place) => name === place || name.startsWith(place.endsWith(':') ? place : `${place}/`));
}

/** A command is a room of its own: none takes from another. */
function roomOf(file: string): string {
  const [first, second] = file.split('/');
  return first === 'commands' ? `${first}/${second}` : first!;
}

function isAllowed(file: string, imported: string): boolean {
  const owned = Object.keys(OWNERS).find((name) => isIn(imported, [name]));
  if (owned) return isIn(file, OWNERS[owned]!);
  const room = roomOf(file);
  const apart = Object.keys(APART).flatMap((place) => (isIn(file, [place]) ? APART[place]! : []));
  return isIn(imported, [room, ...(ROOMS[file.split('/')[0]!] ?? [])]) && !isIn(imported, apart);
}

const IMPORTS = /^(?:import|export)\b[\w*\s,{}]*'([^']+)'|\b(?:import|require)\(\s*['`]([^'`]+)/gm;

/** An import that is carried out when the file is loaded: no type, and not later. */
const LOADED = /^(?:import|export) (?!type )(?!\{(?:\s*type \w+,?)+\s*\})[\w*\s,{}]*'(\.[^']+)'/gm;

/** Files of ours that are loaded with a file. */
function loadedWith(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, name] of readFileSync(join(SRC, file), 'utf8').matchAll(LOADED))
    loadedWith(join(dirname(file), name!), found);
  return found;
}

/** What a file imports, types included: paths in src, and names of packages. */
function importsOf(file: string): string[] {
  const found = Array.from(readFileSync(join(SRC, file), 'utf8').matchAll(IMPORTS), ([, one, other]) => one ?? other!);
  return found.map((name) => (name.startsWith('.') ? join(dirname(file), name) : name));
}

describe('rooms', () => {
  it('import what these tables say, and nothing else', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file).flatMap((imported) => (isAllowed(file, imported) ? [] : [`${file} → ${imported}`])),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['a room above', 'base/money.ts', 'reader/load.ts'],
    ['a room beside', 'reporter/csv.ts', 'ledger/ledger.ts'],
    ['a command of another', 'commands/share/run.ts', 'commands/compute/run.ts'],
    ['a valuation that knows how it is written', 'valuation/value.ts', 'report/model.ts'],
    ['a model of a model', 'models/bg-bb/family.ts', 'models/pareto-nbd/grid.ts'],
    ['a store of a step', 'ledger/steps/states.ts', 'ledger/duckdb/store.ts'],
    ['a package of another', 'cli/session.ts', '@duckdb/node-api'],
    ['a part of one', 'ledger/ledger.ts', 'csv-parse/sync'],
    ['the files of the system', 'engine/factors.ts', 'node:fs/promises'],
    ['a package of nobody', 'cli/session.ts', 'lodash'],
    ['what is not in src', 'program.ts', '../package.json'],
  ])('would not pass: %s', (_, file, imported) => {
    expect(isAllowed(file, imported)).toBe(false);
  });

  it('are closed at the start but to the command line: help needs neither messages nor arithmetic, nor reads a file', () => {
    const loaded = [...loadedWith('main.ts')];
    expect(loaded).toContain('commands/compute/options.ts');
    const late = [
      'base/messages.ts',
      'base/decimal.ts',
      'cli/option-values.ts',
      'reader',
      'reporter',
      'ledger',
      'models',
    ];
    expect(loaded.filter((file) => isIn(file, late))).toEqual([]);
  });

  it('have no folder that grows beyond what a person reads at once', () => {
    const sizes = new Map<string, number>();
    for (const file of files) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
    expect([...sizes].filter(([, size]) => size > MOST)).toEqual([]);
  });
});
