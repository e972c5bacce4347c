import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClvError } from '../base/errors.ts';
import { errnoOf } from './output/target.ts';

/** A private directory for what one run spools and spills; gone when the run ends, by a signal too. */
export interface Scratch {
  readonly path: string;
  remove(): void;
}

export function makeScratch(signal: AbortSignal): Scratch {
  const path = make(tmpdir());
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  signal.addEventListener('abort', remove);
  return { path, remove };
}

/** @throws ClvError E412 */
function make(folder: string): string {
  try {
    return mkdtempSync(join(folder, 'clv-'));
  } catch (error) {
    throw new ClvError('E412', { folder, detail: errnoOf(error) ?? String(error) });
  }
}
