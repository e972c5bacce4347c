import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = join(import.meta.dirname, '..');

/** What a file of src exports, which the library need not; or one of the tests, as `../test/cluster/shop.ts`. */
export async function source(file) {
  const folder = mkdtempSync(join(tmpdir(), 'clv-torture-'));
  try {
    const input = join('src', file);
    // What is bundled stands elsewhere, and looks for its files where it stood.
    const define = { 'import.meta.dirname': JSON.stringify(join(ROOT, dirname(input))) };
    const bundle = await rolldown({ cwd: ROOT, input, platform: 'node', transform: { define } });
    await bundle.write({ file: join(folder, 'source.mjs') });
    await bundle.close();
    return await import(pathToFileURL(join(folder, 'source.mjs')).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
