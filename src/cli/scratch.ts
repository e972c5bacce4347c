import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A private directory for what one run spools and spills; gone when the run ends, by a signal too. */
export interface Scratch {
  readonly path: string;
  remove(): void;
}

export function makeScratch(signal: AbortSignal): Scratch {
  const path = mkdtempSync(join(tmpdir(), 'clv-'));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  signal.addEventListener('abort', remove);
  return { path, remove };
}
