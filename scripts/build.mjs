// Builds dist: the program and the library as a few files, for loading hundreds takes longer than a small file needs. The layouts
// are data and lie beside them, as the schemas of what is written do, which the program prints, and the pages of the manual. Packages are built in too, with
// their licences, but for the engine's binary and what few runs need.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { texts } from './licences.mjs';

const root = join(import.meta.dirname, '..');
const dir = join(root, 'dist');
const apart = ['@duckdb/node-bindings', '@clickhouse/client'];

rmSync(dir, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  input: { main: 'src/main.ts', index: 'src/index.ts' },
  platform: 'node',
  external: apart,
});
await bundle.write({
  dir,
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  comments: { legal: true, annotation: false, jsdoc: false },
});
await bundle.close();
const { main } = await import(pathToFileURL(join(dir, 'main.js')).href);
await writeSchemas(join(dir, 'schema'));
await clv('man', '--out-dir', join(dir, 'man'));
cpSync(join(root, 'src/layouts'), join(dir, 'layouts'), { recursive: true });
writeFileSync(join(dir, 'LICENSES.txt'), texts());
writeFileSync(join(dir, 'build.txt'), checksum());

/** Of all code that was built: what was fitted by other code is not taken for what this would fit. */
function checksum() {
  const hash = createHash('sha256');
  for (const name of readdirSync(dir)
    .filter((file) => file.endsWith('.js'))
    .sort())
    hash.update(readFileSync(join(dir, name)));
  return hash.digest('hex').slice(0, 32);
}

/** The schema of every document, in a file of its own, as the program prints it. */
async function writeSchemas(folder) {
  mkdirSync(folder);
  const list = join(folder, 'schema.json');
  await clv('schema', '-o', list);
  const { schemas } = JSON.parse(readFileSync(list, 'utf8'));
  for (const { name } of schemas) await clv('schema', name, '-o', join(folder, `${name}.json`));
}

/** Runs the program that was built, without settings of whoever builds. */
async function clv(...words) {
  if ((await main([...words, '--config', 'none'])) !== 0) throw new Error(`clv ${words.join(' ')}`);
}
