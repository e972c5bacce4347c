import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClvError } from '../base/errors.ts';
import { errnoOf } from './output/target.ts';

/** Work with a private directory for what one run spools and spills; gone when the work ends, by a signal too. E412 */
export async function withScratch<T>(signal: AbortSignal, work: (path: string) => Promise<T>): Promise<T> {
  const path = make(tmpdir());
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  signal.addEventListener('abort', remove);
  try {
    return await work(path);
  } finally {
    remove();
  }
}

/** @throws ClvError E412 */
function make(folder: string): string {
  try {
    return mkdtempSync(join(folder, 'clv-'));
  } catch (error) {
    throw new ClvError('E412', { folder, detail: errnoOf(error) ?? String(error) });
  }
}
