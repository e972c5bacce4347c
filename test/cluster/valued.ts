import { join } from 'node:path';
import { vi } from 'vitest';
import { main } from '../../src/main.ts';
import type { Shop } from './shop.ts';

/** Options of a valuation that chooses no model: that it does is compared in equality.test.ts. */
export const MODEL = ['--model', 'pareto-nbd', '--season', 'none', '--model-error', 'none'];

/** Runs a valuation of a table into `result.json`: its exit code, what it says on stderr, and the code of its error. */
export async function valued(
  { folder }: Shop,
  address: string,
  ...options: readonly string[]
): Promise<{ readonly code: number; readonly text: string; readonly error: string | undefined }> {
  const said: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const out = join(folder, 'result.json');
  const given = ['--margin', '30%', '--spend', 'mean', ...MODEL];
  const code = await main(['compute', address, ...given, '-qq', '-o', out, ...options]);
  write.mockRestore();
  const text = said.join('');
  return { code, text, error: /error\[(E\d+)\]/.exec(text)?.[1] };
}
