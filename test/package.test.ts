import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCUMENTS, jsonSchema } from '../src/schema/registry.ts';

const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'clv-package-'));
const installed = join(folder, 'node_modules/clv');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** What a user gets: the packed files in an empty folder, beside the packages that it names, which are taken from here. */
beforeAll(() => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT, stdio: 'ignore' });
  const [archive] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, archive!), '-C', installed, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    mkdirSync(join(folder, 'node_modules', name, '..'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  symlinkSync(join(installed, 'fixtures'), join(folder, 'fixtures'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});

/** All that may be in it but what is built: chunks are of no fixed number, a type belongs to a file of src. */
const PACKED = [
  ...['CHANGELOG.md', 'LICENSE', 'README.md', 'bin/clv.js', 'package.json'],
  ...['dist/LICENSES.txt', 'dist/build.txt', 'dist/index.js', 'dist/main.js'],
];

describe('the package', () => {
  it('holds what is built, what is written for users, and nothing else', () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(installed, join(entry.parentPath, entry.name)));
    expect(files).toEqual(expect.arrayContaining(PACKED));
    const built = (file: string): boolean =>
      /^dist\/[\w-]+-[\w-]{8}\.js$/.test(file) ||
      (/^dist\/types\/.+\.d\.ts$/.test(file) &&
        existsSync(join(ROOT, 'src', file.slice(11).replace(/\.d\.ts$/, '.ts')))) ||
      /^dist\/(schema\/[\w-]+\.json|man\/clv(-[\w-]+)?\.1)$/.test(file) ||
      (/^dist\/layouts\/[\w-]+\.json$/.test(file) && existsSync(join(ROOT, 'src', file.slice(5))));
    const committed = execFileSync('git', ['ls-files', 'docs', 'templates', 'fixtures/*.csv'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const written = new Set(committed.split('\n').filter((file) => !/^fixtures\/.*\//.test(file)));
    expect(files.filter((file) => !PACKED.includes(file) && !built(file) && !written.has(file))).toEqual([]);
    expect([...written].filter((file) => file !== '' && !files.includes(file))).toEqual([]);
  });

  it('runs the main job, on the examples that it carries', () => {
    const clv = join(installed, 'bin/clv.js');
    expect(run(process.execPath, clv, '--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
    const args = [
      'compute',
      'fixtures/transactions.csv',
      '--margins',
      'fixtures/margins.csv',
      '--format',
      'json',
      '-q',
    ];
    const { $schema, summary } = JSON.parse(run(process.execPath, clv, ...args));
    expect(Number(summary.customer_equity)).toBeGreaterThan(0);
    const schema = "import found from 'clv/schema/compute.json' with { type: 'json' }; console.log(found.$id)";
    expect(run(process.execPath, '--input-type=module', '-e', schema).trim()).toBe($schema);
  });

  it('has the schema of every document as the program prints it', () => {
    for (const document of DOCUMENTS) {
      const packed: unknown = JSON.parse(readFileSync(join(installed, `dist/schema/${document.name}.json`), 'utf8'));
      expect(packed).toEqual(jsonSchema(document));
    }
  });

  it('runs the examples of the library, which print what docs/library.md says', () => {
    const path = join(ROOT, 'docs/library.md');
    const text = readFileSync(path, 'utf8');
    const blocks = [...text.matchAll(/^```(js|text)\n([\s\S]*?)^```$/gm)].map(([, kind, body]) => ({
      kind,
      body: body!,
    }));
    const of = (kind: string): string => blocks.flatMap((one) => (one.kind === kind ? [one.body] : [])).join('\n');
    writeFileSync(join(folder, 'examples.mjs'), of('js'));
    const printed = run(process.execPath, 'examples.mjs')
      .split('\n')
      .filter((line) => line !== '');
    expect(printed).toEqual(
      of('text')
        .split('\n')
        .filter((line) => line !== ''),
    );
  });

  it('has types that a program is checked by', () => {
    const settings = {
      module: 'nodenext',
      target: 'es2023',
      strict: true,
      noEmit: true,
      types: [],
      skipLibCheck: true,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: settings, files: ['typed.ts'] }));
    const typed = (rate: string): void =>
      writeFileSync(
        join(folder, 'typed.ts'),
        `import { Decimal, type Valuing, valuing } from 'clv';
export const settings: Valuing = valuing({ discountRate: ${rate} });
`,
      );
    const tsc = join(ROOT, 'node_modules/.bin/tsc');
    typed("new Decimal('0.1')");
    expect(run(tsc, '-p', folder)).toBe('');
    typed("'10%'");
    expect(() => run(tsc, '-p', folder)).toThrow();
  });
});
