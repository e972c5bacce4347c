import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const STEM = `lib-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
const LIBRARY = join(import.meta.dirname, 'node_modules/@chdb', STEM, 'libchdb.so');
const LAUNCHER = join(import.meta.dirname, 'server.py');
const START_TIMEOUT = 30_000;

/** A ClickHouse server process: its configuration, log and data are in one folder. */
export class Server {
  readonly #process: ChildProcess;
  readonly #folder: string;
  #said = '';

  /**
   * Starts it; the pipe to its standard input keeps it alive, and no longer than this process.
   * @param folder holds config.xml
   * @throws Error where this machine has no library
   */
  constructor(folder: string) {
    if (!existsSync(LIBRARY)) throw new Error(`no ${LIBRARY}: run npm ci in test/cluster; not every platform has one`);
    this.#folder = folder;
    this.#process = spawn('python3', [LAUNCHER, LIBRARY, join(folder, 'config.xml'), join(folder, 'data')], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
    });
    this.#process.once('error', (error) => {
      this.#said += `${error.message}: the cluster for tests needs python3`;
    });
  }

  get #ended(): boolean {
    const { pid, exitCode, signalCode } = this.#process;
    return pid === undefined || exitCode !== null || signalCode !== null;
  }

  /** @throws Error with the end of its log when it ends, or does not answer in time */
  async answering(url: string): Promise<void> {
    for (const end = Date.now() + START_TIMEOUT; Date.now() < end; await setTimeout(20)) {
      if (await answers(url)) return;
      if (this.#ended) break;
    }
    const log = join(this.#folder, 'server.log');
    const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-20) : [];
    throw new Error(`no ClickHouse server at ${url}: ${[this.#said.trim(), ...lines].join('\n')}`);
  }

  /** Ends it as a crash would. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  async killed(): Promise<void> {
    if (this.#ended) return;
    const exit = once(this.#process, 'exit');
    this.kill();
    await exit;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/ping`)).ok;
  } catch {
    return false;
  }
}
