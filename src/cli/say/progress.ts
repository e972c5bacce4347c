import { visible } from '../../base/visible.ts';
import { cut } from '../../reporter/table/width.ts';

/** What a line of progress needs of a terminal. */
export interface Screen {
  write(text: string): unknown;
  readonly columns?: number;
}

/** Carriage return, and the line erased. */
const ERASE = '\r\x1b[2K';
/** Milliseconds between two lines of one pass over a file. */
const PAUSE = 100;
/** Milliseconds after which a rate says something. */
const SETTLED = 1000;

/** One line of a terminal that says how far a run has come: rewritten in place, and gone when something else is said. */
export class Progress {
  readonly #screen: Screen;
  readonly #now: () => number;
  #pass = { file: '', bytes: 0, since: 0 };
  #drawn = Number.NEGATIVE_INFINITY;
  #shown = false;

  constructor(screen: Screen, now: () => number = () => performance.now()) {
    this.#screen = screen;
    this.#now = now;
  }

  /** So many bytes of a file are read. One that is read from its start again is a new pass. */
  reading(file: string, bytes: number, size: number): void {
    const now = this.#now();
    const fresh = file !== this.#pass.file || bytes < this.#pass.bytes;
    this.#pass = { file, bytes, since: fresh ? now : this.#pass.since };
    if (!fresh && now - this.#drawn < PAUSE) return;
    this.#drawn = now;
    this.stage(`reading ${file}: ${passText(bytes, size, now - this.#pass.since)}`);
  }

  stage(text: string): void {
    const width = (this.#screen.columns || 80) - 1;
    this.#screen.write(ERASE + cut(`clv: ${visible(text)}`, width));
    this.#shown = true;
  }

  erase(): void {
    if (this.#shown) this.#screen.write(ERASE);
    this.#shown = false;
  }
}

/** The progress of a run, where there is somebody at a terminal who wants to know. */
export function progressOf(stream: NodeJS.WriteStream, quiet: boolean): Progress | null {
  return stream.isTTY === true && !quiet && process.env['TERM'] !== 'dumb' ? new Progress(stream) : null;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** "1.2 of 2.7 GB", and when that can be told ", 520.0 MB/s, 3 s left". */
function passText(bytes: number, size: number, elapsed: number): string {
  const unit = unitOf(size);
  const done = `${inUnit(bytes, unit)} of ${inUnit(size, unit)} ${UNITS[unit]}`;
  if (elapsed < SETTLED || bytes === 0) return done;
  const rate = (bytes / elapsed) * 1000;
  const left = Math.ceil(Math.max(0, size - bytes) / rate);
  return `${done}, ${inUnit(rate, unitOf(rate))} ${UNITS[unitOf(rate)]}/s, ${timeText(left)} left`;
}

function unitOf(bytes: number): number {
  const thousands = bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0;
  return Math.min(Math.max(0, thousands), UNITS.length - 1);
}

function inUnit(bytes: number, unit: number): string {
  return (bytes / 1000 ** unit).toFixed(unit === 0 ? 0 : 1);
}

function timeText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
