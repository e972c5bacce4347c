import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { main } from '../dist/main.js';
import { Wrong } from './wrong.mjs';

const BIN = fileURLToPath(new URL('../bin/clv.js', import.meta.url));
/** Parameters that let a log be valued without a fit. */
export const MODEL = fileURLToPath(new URL('../fixtures/layouts/model.json', import.meta.url));

/** Runs clv in this process, which takes a tenth of the time of one of its own. */
export async function run(...words) {
  const write = process.stderr.write;
  let err = '';
  process.stderr.write = (text) => {
    err += text;
    return true;
  };
  try {
    return ended({ code: await main(words), err });
  } finally {
    process.stderr.write = write;
  }
}

/**
 * Runs the built program. @param options `limit`: of ulimit; `signal` and `after`: what kills it, milliseconds from its start;
 * `meanwhile`: is given the process; `stdout`: a file descriptor
 */
export async function start(
  words,
  { env = {}, limit, signal, after, meanwhile, stdout = 'pipe', node = process.execPath } = {},
) {
  const command = limit
    ? ['bash', '--norc', '-c', `ulimit ${limit} && exec "$0" "$@"`, process.execPath, BIN, ...words]
    : [node, BIN, ...words];
  const child = spawn(command[0], command.slice(1), {
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, 'pipe'],
  });
  const out = [];
  let err = '';
  child.stdout?.on('data', (part) => out.push(part));
  child.stderr.on('data', (part) => {
    err += part;
  });
  const closed = new Promise((resolve) => child.on('close', (code, by) => resolve({ code, by })));
  const timer = signal && setTimeout(() => child.kill(signal), after);
  const other = meanwhile?.(child);
  const { code, by } = await closed;
  clearTimeout(timer);
  await other;
  return ended({ code, by, err, out: Buffer.concat(out).toString() });
}

/** The codes of an end, which may be no bug of ours: E500 and a stack are. */
function ended(end) {
  const codes = [...end.err.matchAll(/error\[(\w+)\]/g)].map(([, code]) => code);
  if (codes.some((code) => /^E50\d$/.test(code))) throw new Wrong(`a bug is told: ${end.err.slice(0, 500)}`);
  if (
    codes.length === 0 &&
    end.code !== 0 &&
    end.code !== null &&
    !end.mayBeSilent &&
    /^\s+at .*:\d+:\d+/m.test(end.err)
  )
    throw new Wrong(`an error without a code (exit ${end.code}): ${end.err.slice(0, 500)}`);
  return { ...end, codes };
}

/** Nothing may be left in a directory for working files. */
export function mustBeEmpty(folder) {
  const left = readdirSync(folder);
  if (left.length > 0) throw new Wrong(`left behind in ${folder}: ${left.join(', ')}`);
}
