import { spawnSync } from 'node:child_process';

/** The first of these programs that is there, or null. */
export function programOf(...names: readonly string[]): string | null {
  return names.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0) ?? null;
}

/** Runs a program to its end; what it printed. */
export function run(program: string, args: readonly string[]): { readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return { out: stdout, err: stderr };
}
