/** The stages of a run with the time that each took, a line each on stderr as it ends, and what they took in all. */
export class Stages {
  readonly #write: (text: string) => unknown;
  readonly #now: () => number;
  readonly #began: number;
  #stage: { readonly text: string; readonly since: number };

  /** @param now in milliseconds */
  constructor(first: string, write: (text: string) => unknown, now: () => number = () => performance.now()) {
    this.#write = write;
    this.#now = now;
    this.#began = now();
    this.#stage = { text: first, since: this.#began };
  }

  /** What runs from now on; the stage before it has ended, unless it is the same. */
  begin(text: string): void {
    if (text === this.#stage.text) return;
    this.#tell();
    this.#stage = { text, since: this.#now() };
  }

  end(): void {
    this.#tell();
    this.#line(this.#began, 'in all');
  }

  #tell(): void {
    this.#line(this.#stage.since, this.#stage.text);
  }

  #line(since: number, text: string): void {
    this.#write(`clv: ${((this.#now() - since) / 1000).toFixed(3).padStart(7)} s  ${text}\n`);
  }
}
