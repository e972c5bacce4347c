import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClvError } from '../base/errors.ts';
import { errnoOf, shortage } from '../base/faults.ts';

/**
 * Work with a private directory for what one run spools and spills; gone when the work ends, by a signal too. What runs that
 * were killed have left is removed first. E412; E421, E465 and E466 where the machine lacks something for it.
 */
export async function withScratch<T>(signal: AbortSignal, work: (path: string) => Promise<T>): Promise<T> {
  const folder = tmpdir();
  removeDead(folder);
  const path = make(folder);
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  signal.addEventListener('abort', remove);
  try {
    return await work(path);
  } catch (error) {
    throw shortage(error, path) ?? error;
  } finally {
    signal.removeEventListener('abort', remove);
    remove();
  }
}

/** @throws ClvError E412, E421 */
function make(folder: string): string {
  try {
    return mkdtempSync(join(folder, `clv-${[process.pid, ownStart(), placeOfPids()].join('.')}-`));
  } catch (error) {
    throw shortage(error, folder) ?? new ClvError('E412', { folder, detail: errnoOf(error) ?? String(error) });
  }
}

/** A private directory names its process, when that started, and where such numbers of processes are those of ours. */
const NAME = /^clv-(\d+)\.(\d*)\.([\w.]+)-\w+$/;

/**
 * Removes private directories of processes that are gone. One of another machine or container, which may share the folder, is
 * left alone: nothing here tells whether it lives.
 */
function removeDead(folder: string): void {
  for (const name of namesIn(folder)) {
    const [, pid, start, place] = NAME.exec(name) ?? [];
    if (pid === undefined || place !== placeOfPids() || lives(Number(pid), start!)) continue;
    const path = join(folder, name);
    try {
      if (statSync(path).uid === process.getuid?.()) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another run removes it, or the system keeps it: it is in nobody's way.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Whether a process is there that started then; where the system does not tell when it did, whether there is one. */
function lives(pid: number, start: string): boolean {
  try {
    if (start !== '') return startOf(pid) === start;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !['ENOENT', 'ESRCH'].includes(errnoOf(error) ?? '');
  }
}

/** When a process started, in ticks since its system did, of a Linux; blank where it has ended. Throws what reading it throws. */
function startOf(pid: number): string {
  // The second field, the name of the program, may hold blanks and brackets of its own.
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
  return /[ZX]/.test(fields[0]!) ? '' : fields[19]!;
}

/** When this process started; blank on a system that does not tell. */
function ownStart(): string {
  try {
    return startOf(process.pid);
  } catch {
    return '';
  }
}

/** What tells processes of the same number apart: the start of the system and the container, else the name of the machine. */
function placeOfPids(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
    return `${boot}.${/\d+/.exec(readlinkSync('/proc/self/ns/pid'))![0]}`;
  } catch {
    return hostname().replace(/\W/g, '_');
  }
}
