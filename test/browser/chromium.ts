import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** How a page is looked at: by so wide a screen, or on paper. */
export interface Look {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
  readonly media: 'screen' | 'print';
}

/** A browser that is told what to do by its protocol, messages that end with a zero byte over two pipes; no port is opened. */
export class Browser {
  readonly #process: ChildProcess;
  readonly #profile = mkdtempSync(join(tmpdir(), 'clv-profile-'));
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #left = '';
  #last = 0;
  #session: string | undefined;
  /** What pages wrote to their consoles, and what they asked for besides themselves. */
  readonly complaints: string[] = [];
  readonly asked: string[] = [];

  private constructor(program: string) {
    const words = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-pipe'];
    this.#process = spawn(program, [...words, `--user-data-dir=${this.#profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    (this.#process.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => this.#heard(text));
  }

  static async open(program: string): Promise<Browser> {
    const browser = new Browser(program);
    const { targetId } = await browser.tell<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    const how = { targetId, flatten: true };
    browser.#session = (await browser.tell<{ sessionId: string }>('Target.attachToTarget', how)).sessionId;
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await browser.tell(`${domain}.enable`);
    return browser;
  }

  /** Opens a page and waits until it is all there. */
  async show(file: string, { width, scheme, media }: Look): Promise<void> {
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await this.tell('Emulation.setEmulatedMedia', { media: media === 'print' ? 'print' : '', features });
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
    await this.tell('Emulation.setDeviceMetricsOverride', size);
    await this.tell('Page.navigate', { url: `file://${file}` });
    while ((await this.evaluate('document.readyState')) !== 'complete')
      await new Promise((done) => setTimeout(done, 20));
  }

  async evaluate<T>(expression: string): Promise<T> {
    const how = { expression, returnByValue: true };
    const { result, exceptionDetails } = await this.tell<{
      result: { value: T };
      exceptionDetails?: { exception: { description: string } };
    }>('Runtime.evaluate', how);
    if (exceptionDetails) throw new Error(exceptionDetails.exception.description);
    return result.value;
  }

  async tell<T = unknown>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#last;
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    (this.#process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    return new Promise<T>((resolve, reject) =>
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject }),
    );
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.#process.once('exit', done));
    this.#session = undefined;
    await this.tell('Browser.close');
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #heard(text: string): void {
    const messages = (this.#left + text).split('\0');
    this.#left = messages.pop()!;
    for (const message of messages) this.#take(JSON.parse(message));
  }

  #take(message: {
    id?: number;
    method?: string;
    result?: unknown;
    error?: { message: string };
    params?: { request?: { url: string } };
  }): void {
    const { id, method, result, error, params } = message;
    if (method === 'Network.requestWillBeSent') this.asked.push(params!.request!.url);
    if (method === 'Log.entryAdded' || method === 'Runtime.consoleAPICalled' || method === 'Runtime.exceptionThrown')
      this.complaints.push(JSON.stringify(params));
    if (id === undefined) return;
    const waiting = this.#waiting.get(id)!;
    this.#waiting.delete(id);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result);
  }
}
