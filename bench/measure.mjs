import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** A Node program that ended otherwise than with 0. */
export class Failed extends Error {
  constructor(args, code, err) {
    super(`${args.join(' ')}: exit ${code}\n${err}`);
    this.reason = `exit ${code}: ${err.split('\n')[0].slice(0, 160)}`;
  }
}

/** Processor seconds, user and system, of all children that ended: fields 16 and 17 of Linux's /proc/self/stat, in 1/100 s. */
function childrenSeconds() {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/**
 * Wall seconds, processor seconds (user and system, all threads) and peak megabytes (VmHWM) of a Node program, and what it
 * printed. One at a time: the processor's time is what all ended children took.
 */
export function measure(args) {
  return new Promise((resolve, reject) => {
    const before = childrenSeconds();
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = () => child.kill();
    process.once('exit', stop);
    let [peak, out, err] = [0, '', ''];
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (err += data));
    const look = () => {
      try {
        const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        if (found) peak = Math.max(peak, Number(found[1]) / 1024);
      } catch {}
    };
    const timer = setInterval(look, 20);
    let spent;
    child.on('exit', () => {
      spent = { seconds: (performance.now() - start) / 1e3, cpu: childrenSeconds() - before };
      clearInterval(timer);
      process.removeListener('exit', stop);
    });
    child.on('close', (code) => {
      if (code !== 0) reject(new Failed(args, code, err));
      else resolve({ ...spent, megabytes: peak, out });
    });
  });
}

/** The middle value; of an even number of them the upper of the two in the middle. */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Medians of several commands, measured in turns so that a slow minute of the machine meets all of them; `turns` are the wall
 * seconds of each turn.
 */
export async function interleaved(commands, runs) {
  const found = commands.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [i, args] of commands.entries()) found[i].push(await measure(args));
  }
  return found.map(middle);
}

/** The medians of several turns of a command. */
export function middle(all) {
  return {
    seconds: median(all.map((one) => one.seconds)),
    cpu: median(all.map((one) => one.cpu)),
    megabytes: Math.max(...all.map((one) => one.megabytes)),
    turns: all.map((one) => one.seconds),
    out: all.at(-1).out,
  };
}
