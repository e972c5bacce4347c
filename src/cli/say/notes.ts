import { ClvError, type Warning } from '../../base/errors.ts';
import { counted } from '../../base/plural.ts';
import { shellWord } from '../../base/shell.ts';
import { visible } from '../../base/visible.ts';
import { ERA_NAMES } from '../../reader/dates/calendars.ts';
import type { OnRead } from '../../reader/files/stable-file.ts';
import type { LoadResult, Transactions } from '../../reader/transactions.ts';
import type { Settings } from '../settings.ts';
import { renderWarning } from './messages.ts';
import type { Progress } from './progress.ts';
import { Stages } from './stages.ts';
import { hasColors } from './terminal.ts';

/** What is asked for of what is said. */
type Said = Pick<Settings, 'quiet' | 'verbose' | 'failOn'>;

/** What is said on stderr while a command runs: how far it is, what was detected, and warnings. With -q warnings alone, with -qq nothing. */
export class Notes {
  readonly #quiet: Settings['quiet'];
  readonly #failOn: Settings['failOn'];
  readonly #color: boolean;
  readonly #progress: Progress | null;
  readonly #stages: Stages | null;
  /** Codes of the warnings so far. */
  readonly #warned = new Set<string>();

  constructor({ quiet, verbose, failOn }: Said, progress: Progress | null = null) {
    this.#quiet = quiet;
    this.#failOn = failOn;
    this.#color = hasColors(process.stderr);
    this.#progress = progress;
    this.#stages = verbose ? new Stages('opening', (text) => this.#line(text)) : null;
  }

  /** With progress, where there is somebody at a terminal who wants to know. */
  static async open(settings: Said): Promise<Notes> {
    if (process.stderr.isTTY !== true) return new Notes(settings);
    const { progressOf } = await import('./progress.ts');
    return new Notes(settings, progressOf(process.stderr, settings.quiet !== 'nothing'));
  }

  reading(...read: Parameters<OnRead>): void {
    this.#stages?.begin('reading');
    this.#progress?.reading(...read);
  }

  stage(text: string): void {
    this.#stages?.begin(text);
    this.#progress?.stage(text);
  }

  /** @param file null: standard output, on which progress would stand in the way */
  writing(file: string | null): void {
    this.#stages?.begin('writing');
    if (file === null) this.clear();
    else this.#progress?.stage(`writing ${file}`);
  }

  /** The run is over, whichever way. */
  end(): void {
    this.#stages?.end();
    this.clear();
  }

  #line(text: string): void {
    this.clear();
    process.stderr.write(text);
  }

  /** Takes the progress off the screen. */
  clear(): void {
    this.#progress?.erase();
  }

  /** How an export is read, as far as nobody has said it. */
  source(transactions: Transactions): void {
    this.layout(transactions);
    this.columns(transactions);
  }

  /** The layout that an export was known by, with what it means and how to say otherwise. */
  layout({ description, mapping }: Transactions): void {
    const layout = description?.layout;
    if (!layout) return;
    const { rows, order } = description.description;
    const rules = rows.map(({ column }) => column).join(', ');
    this.say(`read as ${layout.title} (layout ${layout.name}; --layout none for another reading)`);
    this.say(
      `amount = ${mapping.amount}; customer = ${mapping.customer}; date = ${mapping.date}` +
        `${rules === '' ? '' : `; rows chosen by ${rules}`}${order === null ? '' : `; lines of ${order.column}`}`,
    );
  }

  /** The columns that were found by name, with the options that pin them. */
  columns({ mapping }: Transactions): void {
    if (mapping.detected.length === 0) return;
    const pins = mapping.detected.map((role) => `--${role} ${shellWord(mapping[role])}`);
    this.say(`columns found by name; to pin them: ${pins.join(' ')}`);
  }

  /** Formats that are not the plain ones. */
  formats({ dateFormat, datesRead, calendar, decimalMark, currency, blanks }: LoadResult): void {
    for (const [column, count] of blanks) this.say(`blank ${column} counts as 0 (${counted(count, 'time')})`);
    const other = calendar === null || calendar === 'gregorian' ? null : calendar;
    if (dateFormat !== 'YYYY-MM-DD' || other !== null) {
      const years = other === null ? '' : `, years of the ${ERA_NAMES[other]} calendar`;
      const pin = other === null ? '' : ` --calendar ${other}`;
      this.say(`dates read as ${datesRead}${years}; to pin it: --date-format ${shellWord(dateFormat)}${pin}`);
    }
    if (decimalMark !== '.') this.say(`amounts read with a decimal comma; to pin it: --decimal-mark ,`);
    if (currency !== null) this.say(`amounts carry the currency ${currency}`);
  }

  warnings(warnings: readonly Warning[]): void {
    for (const { code } of warnings) this.#warned.add(code);
    if (this.#quiet === 'warnings') return;
    this.clear();
    for (const warning of warnings) process.stderr.write(renderWarning(warning, { color: this.#color }));
  }

  /** E143 where one of the warnings so far fails the run. To be asked before anything is written. */
  checkWarnings(): void {
    const failing = [...this.#warned].filter((code) => this.#failOn.has(code));
    if (failing.length > 0) throw new ClvError('E143', { warnings: failing.join(', ') });
  }

  say(text: string): void {
    if (this.#quiet === 'nothing') this.#line(`clv: ${visible(text)}\n`);
  }
}
