import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** Wall seconds and peak megabytes (VmHWM) of a Node program, and what it printed. */
export function measure(args) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
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
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code !== 0) reject(new Error(`${args.join(' ')}: exit ${code}\n${err}`));
      else resolve({ seconds: (performance.now() - start) / 1e3, megabytes: peak, out });
    });
  });
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Medians of several commands, measured in turns so that a slow minute of the machine meets all of them. */
export async function interleaved(commands, runs) {
  const found = commands.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [i, args] of commands.entries()) found[i].push(await measure(args));
  }
  return found.map((all) => ({
    seconds: median(all.map((one) => one.seconds)),
    megabytes: Math.max(...all.map((one) => one.megabytes)),
    out: all.at(-1).out,
  }));
}
