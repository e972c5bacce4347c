import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = join(import.meta.dirname, '..');

/** What a file of src exports, which the library need not. */
export async function source(file) {
  const folder = mkdtempSync(join(tmpdir(), 'clv-torture-'));
  try {
    const bundle = await rolldown({ cwd: ROOT, input: join('src', file), platform: 'node' });
    await bundle.write({ file: join(folder, 'source.mjs') });
    await bundle.close();
    return await import(pathToFileURL(join(folder, 'source.mjs')).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
