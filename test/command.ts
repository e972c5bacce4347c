import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { vi } from 'vitest';
import { main } from '../src/cli/main.ts';

const ROOT = join(import.meta.dirname, '..');
const FIXTURES = join(ROOT, 'fixtures');

/** What a command printed, and the exit code of its last line. */
interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in a folder: in this process where it is lines of `clv` alone, otherwise as a shell and the built program do. */
export function run(command: string, folder: string): Promise<Ended> {
  const lines = plainLines(command);
  return lines ? inThisProcess(lines, folder) : inShell(command, folder);
}

/** A word that says the same to any shell: plain characters, `$FIXTURES`, and quotes around either. */
const WORD = /(?:[\w@%+=:,./!-]|\$FIXTURES\b|'[^']*'|"(?:[^"$\\`]|\$FIXTURES\b)*")+/g;
const LINE = new RegExp(`^clv(?: +${WORD.source})*$`);

/** The arguments of each line, or null where a shell is needed: for what is no word, another program, or standard input. */
export function plainLines(command: string): readonly (readonly string[])[] | null {
  const lines = command.trim().split(/\n|; /);
  if (!lines.every((line) => LINE.test(line))) return null;
  const args = lines.map((line) => (line.match(WORD) ?? []).slice(1).map(unquoted));
  return args.flat().includes('-') ? null : args;
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"([^"]*)"|\$FIXTURES/g, (_, single?: string, double?: string) => {
    return single ?? (double ?? '$FIXTURES').replaceAll('$FIXTURES', FIXTURES);
  });
}

async function inThisProcess(lines: readonly (readonly string[])[], folder: string): Promise<Ended> {
  const [out, err] = [new Printed(), new Printed()];
  vi.spyOn(process, 'stdout', 'get').mockReturnValue(out as unknown as typeof process.stdout);
  vi.spyOn(process, 'stderr', 'get').mockReturnValue(err as unknown as typeof process.stderr);
  vi.stubEnv('NO_COLOR', '1');
  const before = process.cwd();
  process.chdir(folder);
  try {
    let code = 0;
    for (const args of lines) code = await main(args);
    return { code, out: out.text(), err: err.text() };
  } finally {
    process.chdir(before);
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  }
}

/** What a program writes to a stream that is no terminal. */
class Printed extends Writable {
  readonly #chunks: Uint8Array[] = [];

  override _write(chunk: Uint8Array, _: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

function inShell(command: string, folder: string): Promise<Ended> {
  const PATH = `${join(ROOT, 'test/bin')}:${process.env['PATH']}`;
  const options = { cwd: folder, env: { ...process.env, PATH, FIXTURES, NO_COLOR: '1' }, maxBuffer: 1 << 26 };
  return new Promise((resolve) => {
    execFile('bash', ['--norc', '-c', command], options, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err });
    });
  });
}
