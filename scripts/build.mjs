// Builds dist: the program and the library as a few files, for loading hundreds takes longer than a small file needs. The layouts
// are data and lie beside them. Packages are imported as they are installed, but for those of hundreds of files themselves.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '..');
const dir = join(root, 'dist');
const inlined = (id) => id.startsWith('@stdlib/');

rmSync(dir, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  input: { main: 'src/main.ts', index: 'src/index.ts' },
  platform: 'node',
  external: (id) => /^[^./]/.test(id) && !inlined(id),
});
await bundle.write({
  dir,
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  comments: { legal: true, annotation: false, jsdoc: false },
});
await bundle.close();
cpSync(join(root, 'src/layouts'), join(dir, 'layouts'), { recursive: true });
