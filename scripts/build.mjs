// Builds dist: the program and the library as a few files, for loading hundreds takes longer than a small file needs. The layouts
// are data and lie beside them. Packages are built in too, with
// their licences, but for the engine's binary and what few runs need.
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
cpSync(join(root, 'src/layouts'), join(dir, 'layouts'), { recursive: true });
writeFileSync(join(dir, 'LICENSES.txt'), texts());
