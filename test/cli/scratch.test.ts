import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withScratch } from '../../src/cli/scratch.ts';

const outer = process.env['TMPDIR'];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scratch-'));
  process.env['TMPDIR'] = folder;
});
afterEach(() => {
  if (outer === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = outer;
  rmSync(folder, { recursive: true, force: true });
});

const { signal } = new AbortController();
/** The name of a private directory of this process, in its parts. */
const ownName = () =>
  withScratch(signal, async (path) => {
    const [, pid, start, place] = /\/clv-(\d+)\.(\d*)\.([\w.]+)-\w+$/.exec(path)!;
    return { pid: Number(pid), start: start!, place: place! };
  });
const leave = (name: string): string => {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'input-0.csv'), 'customer,date,amount\n');
  return name;
};
const afterNextRun = async (): Promise<string[]> => {
  await withScratch(signal, async () => {});
  return readdirSync(folder).sort();
};
/** The number of a process that has just ended. */
async function deadPid(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid!;
}

describe('withScratch', () => {
  it('names its process, and leaves nothing', async () => {
    expect((await ownName()).pid).toBe(process.pid);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes what a run that is dead has left', async () => {
    const { place } = await ownName();
    leave(`clv-${await deadPid()}.123.${place}-aaaaaa`);
    leave(`clv-${await deadPid()}..${place}-aaaaaa`);
    expect(await afterNextRun()).toEqual([]);
  });

  it('removes what one has left whose number a later process has', async ({ skip }) => {
    const { pid, start, place } = await ownName();
    if (start === '') skip('the system does not tell when a process started');
    leave(`clv-${pid}.${Number(start) - 1}.${place}-aaaaaa`);
    expect(await afterNextRun()).toEqual([]);
  });

  it('leaves what is not known to be dead: of a run that lives, of another machine or container, of anybody else', async () => {
    const { pid, start, place } = await ownName();
    const left = [
      leave(`clv-${pid}.${start}.${place}-aaaaaa`),
      leave(`clv-${process.ppid}..${place}-aaaaaa`),
      leave(`clv-${await deadPid()}.123.another-aaaaaa`),
      leave('clv-Abc123'),
      leave('clv-notes'),
    ];
    expect(await afterNextRun()).toEqual(left.sort());
  });

  it('keeps two at a time apart', async () => {
    await withScratch(signal, (first) =>
      withScratch(signal, async (second) => {
        expect(second).not.toBe(first);
        expect(readdirSync(folder).length).toBe(2);
      }),
    );
  });
});
