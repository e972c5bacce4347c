import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder to run a command in, with the fixtures beside it as `../fixtures`: no line is longer, or wrapped otherwise, where the
 * checkout stands elsewhere. The place that both are in is for the test to remove.
 */
export function besideFixtures(): { readonly place: string; readonly folder: string } {
  const place = mkdtempSync(join(tmpdir(), 'clv-beside-'));
  const folder = join(place, 'here');
  mkdirSync(folder);
  symlinkSync(join(import.meta.dirname, '../fixtures'), join(place, 'fixtures'));
  return { place, folder };
}
