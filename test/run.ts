import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../src/main.ts';
import { faultsOf } from './documents.ts';

/** What a test looks at of a result; figures as JSON.parse gives them. */
export interface Result {
  readonly input: { readonly files: { readonly records: number; readonly amount_total: number }[] };
  readonly model: {
    readonly parameters: Record<string, number>;
    readonly log_likelihood: number;
    readonly spend: { readonly log_likelihood: number; readonly parameters: Record<string, number> };
  };
  readonly summary: Record<string, number>;
  readonly segments: Record<string, string | number>[];
  readonly customers: (Record<string, string | number> & { readonly customer_id: string; readonly clv: number })[];
}

/** Runs `clv compute` in this process on files with these contents; the JSON as parsed and as written. */
export async function compute(
  contents: readonly string[],
  ...args: string[]
): Promise<{ result: Result; text: string }> {
  const text = await run('compute', contents, ...args);
  return { result: JSON.parse(text) as Result, text };
}

/** Runs a command in this process on files with these contents; its JSON as written. */
export async function run(command: string, contents: readonly string[], ...args: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'clv-run-'));
  try {
    const files = contents.map((_, i) => join(folder, `data${i}.csv`));
    for (const [i, file] of files.entries()) writeFileSync(file, contents[i]!);
    const out = join(folder, 'out.json');
    const code = await main([command, ...files, '-qq', '-o', out, ...args]);
    if (code !== 0) throw new Error(`exit ${code}`);
    const text = readFileSync(out, 'utf8');
    const faults = faultsOf(text);
    if (faults.length > 0) throw new Error(`not as its schema says: ${faults.join('; ')}`);
    return text;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The part of a result that does not name its input. */
export function withoutInput(text: string): string {
  return text.replace(/"input": \{[\s\S]*?\n {2}\},\n/, '');
}
