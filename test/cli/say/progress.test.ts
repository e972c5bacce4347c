import { expect, test } from 'vitest';
import { Progress, progressOf } from '../../../src/cli/say/progress.ts';

/** A terminal of some width, and a clock that is set by hand. */
function terminal(columns = 80) {
  const clock = { now: 0 };
  const written: string[] = [];
  const progress = new Progress({ columns, write: (text) => written.push(text) }, () => clock.now);
  return { clock, written, progress };
}

const line = (text: string) => `\r\x1b[2Kclv: ${text}`;

test('bytes of size, then rate and time left, at most ten times a second', () => {
  const { clock, written, progress } = terminal();
  for (const [now, megabytes] of [
    [0, 1],
    [50, 2],
    [120, 30],
    [1500, 600],
    [1550, 640],
    [3000, 1200],
  ] as const) {
    clock.now = now;
    progress.reading('a.csv', megabytes * 1e6, 2.7e9);
  }
  expect(written).toEqual([
    line('reading a.csv: 0.0 of 2.7 GB'),
    line('reading a.csv: 0.0 of 2.7 GB'),
    line('reading a.csv: 0.6 of 2.7 GB, 400.0 MB/s, 6 s left'),
    line('reading a.csv: 1.2 of 2.7 GB, 400.0 MB/s, 4 s left'),
  ]);
});

test('another pass, or another file, has a rate of its own', () => {
  const { clock, written, progress } = terminal();
  progress.reading('a.csv', 999, 999);
  clock.now = 2000;
  progress.reading('a.csv', 100, 999);
  clock.now = 4000;
  progress.reading('a.csv', 500, 999);
  progress.reading('b.csv', 600, 1234);
  expect(written.map((text) => text.slice(10))).toEqual([
    'reading a.csv: 999 of 999 B',
    'reading a.csv: 100 of 999 B',
    'reading a.csv: 500 of 999 B, 250 B/s, 2 s left',
    'reading b.csv: 0.6 of 1.2 kB',
  ]);
  clock.now += 1e5;
  progress.reading('b.csv', 700, 1234);
  expect(written.at(-1)).toContain(', 7 B/s, 1 min 17 s left');
  clock.now += 1e5;
  progress.reading('b.csv', 800, 1e6);
  expect(written.at(-1)).toContain(', 4 B/s, 69 h 23 min left');
});

test('one line, no wider than the terminal, without what a name could do to it, and gone in the end', () => {
  const { written, progress } = terminal(24);
  progress.erase();
  expect(written).toEqual([]);
  progress.stage('writing \x1b[31m.csv and more than fits');
  expect(written[0]!.slice(5).length).toBe(23);
  expect(written[0]!.slice(5)).not.toContain('\x1b');
  progress.erase();
  progress.erase();
  expect(written.slice(1)).toEqual(['\r\x1b[2K']);
});

test('only for somebody at a terminal that can erase, who did not ask for quiet', () => {
  const stream = (isTTY: boolean) => ({ isTTY, write: () => true }) as unknown as NodeJS.WriteStream;
  const term = process.env['TERM'];
  try {
    process.env['TERM'] = 'xterm';
    expect(progressOf(stream(true), false)).not.toBeNull();
    expect(progressOf(stream(true), true)).toBeNull();
    expect(progressOf(stream(false), false)).toBeNull();
    process.env['TERM'] = 'dumb';
    expect(progressOf(stream(true), false)).toBeNull();
  } finally {
    if (term === undefined) delete process.env['TERM'];
    else process.env['TERM'] = term;
  }
});
