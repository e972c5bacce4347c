import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable, Writable } from 'node:stream';
import { vi } from 'vitest';
import { main } from '../src/main.ts';

const ROOT = join(import.meta.dirname, '..');
const FIXTURES = join(ROOT, 'fixtures');

/**
 * What `clv` is to the shell. Its words and environment go to the process of the test, which runs them and answers with the exit
 * code, one `clv` at a time: a line of descriptor 5 is whose turn it is. No program is started for that, since a thousand runs do it.
 * What it writes into a pipe or a file stands in a file of its own until it has ended. Where it reads standard input or writes to
 * a device but the empty one, and as `command clv`, it is the built program.
 */
const CLV = `clv() {
  local word code program out="$TALK/out" err="$TALK/err"
  for word; do case "$word" in - | /dev/*) program=1 ;; esac; done
  if [[ -c /dev/stdout && ! /dev/stdout -ef /dev/null ]]; then program=1; fi
  if [[ -n "$program" ]]; then
    command clv "$@"
    return
  fi
  read -r word <&5
  if [[ ! /dev/stdout -ef "$out" ]]; then out="$TALK/out.own"; fi
  if [[ /dev/stderr -ef /dev/stdout ]]; then err="$out"; elif [[ ! /dev/stderr -ef "$err" ]]; then err="$TALK/err.own"; fi
  printf '%s\\0' "$PWD" "$out" "$err" "$@" > "$TALK/words"
  compgen -e > "$TALK/names"
  while read -r word; do printf '%s=%s\\0' "$word" "\${!word}"; done < "$TALK/names" > "$TALK/env"
  echo run >&3
  read -r code <&4
  if [[ "$out" == *.own ]]; then cat "$out"; rm "$out"; fi
  if [[ "$err" == *err.own ]]; then cat "$err" >&2; rm "$err"; fi
  echo done >&3
  return "$code"
}
`;

/** What a command printed, and how it ended. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A part of a word that means itself: as it stands, the folder of the fixtures, or in quotes. */
const PART = /([\w./,:%@+^=-])|(\$FIXTURES)|"([^"$`\\!\n]*)"|'([^'\n]*)'/;
const WORD = `(?:${PART.source.replace(/\((?!\?)/g, '(?:')})+`;
const ONE_CLV = new RegExp(`^((?:[A-Z_]+=[\\w:./-]+ )*)clv((?: ${WORD})*)\\n?$`);

/** What a command says that is one `clv`, with variables before it, and asks nothing else of a shell; null for any other. */
function plainly(command: string, fixtures: string): { readonly words: string[]; readonly variables: string[] } | null {
  const [, before, after] = ONE_CLV.exec(command) ?? [];
  if (before === undefined || after === undefined) return null;
  const words = [...after.matchAll(new RegExp(` (${WORD})`, 'g'))].map(([, word]) =>
    word!.replace(new RegExp(PART, 'g'), (_, bare, isFixtures, double, single) =>
      isFixtures ? fixtures : (bare ?? double ?? single),
    ),
  );
  if (words.some((word) => word === '-' || word.startsWith('/dev/'))) return null;
  return { words, variables: before.split(' ').slice(0, -1) };
}

/**
 * Runs a command by a shell in a folder, without starting a program for every `clv` in it. One command at a time.
 * @param fixtures what $FIXTURES is to it
 */
export async function run(command: string, folder: string, fixtures = FIXTURES): Promise<Ended> {
  const talk = mkdtempSync(join(tmpdir(), 'clv-talk-'));
  const at = (name: string) => join(talk, name);
  const [out, err] = [openSync(at('out'), 'a'), openSync(at('err'), 'a')];
  const said = (name: string) => readFileSync(at(name), 'utf8');
  const ended = (code: number | null) => ({ code, out: said('out'), err: said('err') });
  try {
    const PATH = `${join(ROOT, 'test/bin')}:${process.env['PATH']}`;
    const env = { ...withoutSettings(), PATH, FIXTURES: fixtures, NO_COLOR: '1', TALK: talk };
    const plain = plainly(command, fixtures);
    if (plain) {
      const variables = [...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...plain.variables];
      return ended(await runHere(plain.words, folder, variables, [out, err]));
    }
    const stdio = ['pipe', out, err, 'pipe', 'pipe', 'pipe'] as const;
    const shell = spawn('bash', ['--norc', '-c', CLV + command], { cwd: folder, env, stdio: [...stdio] });
    const [asked, answers, turns] = shell.stdio.slice(3) as unknown[] as [Readable, Writable, Writable];
    const code = await new Promise<number | null>((resolve, reject) => {
      shell.on('close', resolve).on('error', reject);
      turns.on('error', () => {}).write('\n'); // The last turn is nobody's.
      asked.on('data', (text) => {
        if (String(text) === 'done\n') return void turns.write('\n');
        const [where, toOut, toErr, ...words] = fields(at('words'));
        const answer = (exit: number) => answers.write(`${exit}\n`);
        const streams = [openSync(toOut!, 'a'), openSync(toErr!, 'a')] as const;
        runHere(words, where!, fields(at('env')), streams).then(answer, reject);
      });
    });
    for (const stream of [out, err]) closeSync(stream);
    return ended(code);
  } finally {
    rmSync(talk, { recursive: true, force: true });
  }
}

/** The environment without settings of whoever runs the tests, and without a file of them in a folder above. */
function withoutSettings(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('CLV_'));
  return { ...Object.fromEntries(others), CLV_CONFIG: 'none' };
}

/** Texts that each end with a zero byte. */
function fields(file: string): string[] {
  return readFileSync(file, 'utf8').split('\0').slice(0, -1);
}

/** Runs the program in this process with the streams, folder and environment of the command, and then what it left to its exit. */
async function runHere(words: string[], folder: string, variables: string[], [out, err]: readonly [number, number]) {
  const before = { folder: process.cwd(), env: process.env, exits: process.listeners('exit') };
  const streams = [
    vi.spyOn(process, 'stdout', 'get').mockReturnValue(streamTo(out)),
    vi.spyOn(process, 'stderr', 'get').mockReturnValue(streamTo(err)),
  ];
  process.chdir(folder);
  process.env = Object.fromEntries(variables.map((text) => [text.replace(/=.*$/s, ''), text.replace(/^.*?=/s, '')]));
  try {
    const code = await main(words);
    for (const exit of process.listeners('exit')) if (!before.exits.includes(exit)) exit(code);
    return code;
  } finally {
    process.chdir(before.folder);
    process.env = before.env;
    for (const stream of streams) stream.mockRestore();
    for (const file of [out, err]) closeSync(file);
  }
}

function streamTo(file: number) {
  const write = (chunk: Uint8Array, _: string, done: () => void) => {
    writeSync(file, chunk);
    done();
  };
  return new Writable({ write }) as unknown as NodeJS.WriteStream & { fd: never };
}
