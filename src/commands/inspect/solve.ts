import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ONE } from '../../base/decimal.ts';
import { ClvError, type Warning } from '../../base/errors.ts';
import { type ErrorCode, MESSAGES } from '../../base/messages.ts';
import { checkAsOf } from '../../cli/session.ts';
import { checkIds } from '../../cli/suspect-ids.ts';
import type { IdFindings } from '../../data/ids.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { LoadPlan } from '../../ledger/plan.ts';
import { openStore } from '../../ledger/registry.ts';
import { readIds } from '../../ledger/steps/ids.ts';
import { type Inspected, inspectFiles } from '../../reader/inspect/inspect.ts';
import type { ReadOptions } from '../../reader/transactions.ts';
import { reconcile } from '../../valuation/reconcile.ts';
import { type Values, withSetting } from './typed-line.ts';
import { type Decision, decisionsOf, type Way } from './ways.ts';

/** What is in the files under some options. */
export interface Reading {
  readonly found: Inspected;
  readonly faults: readonly ClvError[];
  /** What was read, added up; null where nothing could be read, or more is to be decided first. */
  readonly ledger: Ledger | null;
  readonly ids: IdFindings | null;
  readonly warnings: readonly Warning[];
}

/** A decision, and the way that was taken. */
export interface Made {
  readonly decision: Decision;
  readonly way: Way;
}

/** Options under which the files are taken, or the faults that no option cures. */
export interface Solved {
  readonly values: Values;
  readonly made: readonly Made[];
  readonly reading: Reading;
  readonly left: readonly ClvError[];
}

export interface Solving {
  readonly files: readonly string[];
  readonly scratch: string;
  readonly digits: number;
  /** The options of the reader, of options as they are typed. */
  readonly options: (values: Values) => ReadOptions;
}

/** So many ways to decide what nothing in the files decides are followed to their end. */
const MOST_WAYS = 4;
/** What is not decided after so many is not going to be. */
const MOST_MADE = 24;

/** Bytes that are not of the encoding, and zeros among them. */
const OF_ENCODING: ReadonlySet<ErrorCode> = new Set(['E236', 'E237']);

/** Follows a way to its ends. */
type Follow = (way: Way) => Promise<readonly Solved[]>;

const PLAN: LoadPlan = { keys: [], by: [], fitBy: [], margin: { rate: ONE, rules: null }, costs: null };

/** Reads files again and again, until options decide everything for which they would be refused. */
export class Solver {
  readonly #given: Solving;
  readonly #told = new Map<string, ClvError>();
  #readings = 0;
  #ways = 1;

  constructor(given: Solving) {
    this.#given = given;
  }

  /** Everything for which they would be refused, each once, in the order in which it came up. */
  get faults(): readonly ClvError[] {
    return [...this.#told.values()];
  }

  /** The ends of the ways that are followed. The ledger of the first is open, those of the others are closed. */
  async solve(values: Values, made: readonly Made[] = []): Promise<readonly Solved[]> {
    const reading = await this.#read(values);
    for (const fault of reading.faults) this.#tell(fault);
    const { stated, even, left } = chosenOf(reading, values, made);
    if ((stated.length === 0 && even === null) || made.length >= MOST_MADE) {
      const open = left.length > 0 ? left : reading.faults;
      return [{ values, made, reading: await this.#finished(reading), left: open }];
    }
    await reading.ledger?.close();
    const next = stated.reduce((all, { way }) => applied(all, way), values);
    if (even === null) return this.#onward(next, [...made, ...stated], { values, made, reading, left });
    const before = { values, made, reading, left: reading.faults };
    const follow = (way: Way): Promise<readonly Solved[]> =>
      this.#onward(applied(next, way), [...made, ...stated, { decision: even, way }], before);
    return OF_ENCODING.has(even.code) ? this.#encodings(even, follow) : this.#ends(even, follow);
  }

  async #ends({ ways }: Decision, follow: Follow): Promise<readonly Solved[]> {
    const ends: Solved[] = [];
    for (const [i, way] of ways.entries()) {
      if (i > 0 && ++this.#ways > MOST_WAYS) break;
      const found = await follow(way);
      if (i > 0) await found[0]!.reading.ledger?.close();
      ends.push(...found);
    }
    return ends;
  }

  /** All encodings have a line: the last may be right. One under which the file cannot be taken is forgotten, if another is not. */
  async #encodings(even: Decision, follow: Follow): Promise<readonly Solved[]> {
    const first = this.#told.size;
    let ends: readonly Solved[] = [];
    let ways: readonly Way[] = [];
    for (const way of even.ways) {
      const before = this.#told.size;
      const found = await follow(way);
      if (ways.length > 0 && isStuck(found)) {
        this.#forget(before);
        await found[0]!.reading.ledger?.close();
      } else if (ways.length > 0 && isStuck(ends)) {
        this.#forget(first, before);
        await ends[0]!.reading.ledger?.close();
        [ends, ways] = [found, [way]];
      } else {
        if (ways.length > 0) await found[0]!.reading.ledger?.close();
        [ends, ways] = [
          [...ends, ...found],
          [...ways, way],
        ];
      }
    }
    if (isStuck(ends)) return ends;
    const decision = { ...even, ways, even: ways.length > 1 };
    return ends.map((end) => ({
      ...end,
      made: end.made.map((one) => (one.decision === even ? { ...one, decision } : one)),
    }));
  }

  /** An option that the files do not bear is no way: then the decision stays open. */
  async #onward(values: Values, made: readonly Made[], before: Solved): Promise<readonly Solved[]> {
    try {
      return await this.solve(values, made);
    } catch (error) {
      if (!(error instanceof ClvError) || MESSAGES[error.code].exit !== 2) throw error;
      return [{ ...before, reading: { ...before.reading, ledger: null }, left: before.reading.faults }];
    }
  }

  #tell(fault: ClvError): void {
    const key = `${fault.code} ${JSON.stringify(fault.values)} ${fault.place?.line}`;
    if (!this.#told.has(key)) this.#told.set(key, fault);
  }

  /** Faults from number `from` up to number `to` are not told. */
  #forget(from: number, to?: number): void {
    for (const key of [...this.#told.keys()].slice(from, to)) this.#told.delete(key);
  }

  async #read(values: Values): Promise<Reading> {
    const { files, scratch, options } = this.#given;
    const again = this.#readings > 0;
    const own = join(scratch, `inspected-${this.#readings++}`);
    mkdirSync(own);
    const { ledger } = await openStore(files, own);
    try {
      const found = await inspectFiles(files, { ...options(values), again }, ledger);
      const reading = { found, faults: found.faults, ledger, ids: null, warnings: [] };
      if (found.surveyed && found.faults.length === 0) return await this.#added(reading);
      return reading;
    } catch (error) {
      await ledger.close();
      throw error;
    }
  }

  /** Adds up what was read, and looks at the ids. E215, E297 and E298 are of what the ledger holds. */
  async #added(reading: Reading): Promise<Reading> {
    const { found, ledger } = reading;
    const { result } = found.surveyed!;
    reconcile(result.totals, await ledger!.load(PLAN));
    await found.transactions!.verifyUnchanged();
    const ids = await readIds(ledger!.loaded, result.idKinds);
    const faults = [...reading.faults];
    let warnings = result.warnings;
    const check = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        if (!(error instanceof ClvError)) throw error;
        faults.push(error);
      }
    };
    check(() => checkAsOf({ asOf: null }, result));
    if (!this.#known(found))
      check(() => {
        warnings = [...warnings, ...checkIds(ids, found.transactions!, this.#given.digits)];
      });
    return { ...reading, faults, ids, warnings };
  }

  /** Whether the user knows of the ids. */
  #known({ transactions }: Inspected): boolean {
    return transactions?.knows('ids') === true;
  }

  /** The figures of a reading that ends here, of the records that could be read. */
  async #finished(reading: Reading): Promise<Reading> {
    const { ledger, ids, found } = reading;
    if (ledger === null || ids !== null) return reading;
    if (found.surveyed && found.surveyed.result.totals.records > 0)
      return { ...(await this.#added(reading)), faults: reading.faults };
    await ledger.close();
    return { ...reading, ledger: null };
  }
}

function isStuck(ends: readonly Solved[]): boolean {
  return ends.every(({ left }) => left.length > 0);
}

/** What the faults of a reading can be decided by: all that the files bear out, one of the others; and what is left. */
function chosenOf(
  { faults, found }: Reading,
  values: Values,
  made: readonly Made[],
): { readonly stated: readonly Made[]; readonly even: Decision | null; readonly left: readonly ClvError[] } {
  // Lines of an order look like repeats of it until the order is named.
  const isLater = ({ code }: ClvError): boolean => code === 'E299' && faults.some((one) => one.code === 'E295');
  const stated: Made[] = [];
  const left: ClvError[] = [];
  let even: Decision | null = null;
  const taken = new Set<string>();
  for (const fault of faults.filter((one) => !isLater(one))) {
    const decisions = decisionsOf(fault, found, values).filter((one) => !made.some((other) => isSame(other, one)));
    if (decisions.length === 0) left.push(fault);
    for (const decision of decisions) {
      const options = decision.ways.flatMap(({ settings }) => settings.map(([option]) => option));
      const clashes = options.some((option) => ONE_VALUE.has(option) && taken.has(option));
      if (decision.even) even ??= decision;
      else if (!clashes) {
        stated.push({ decision, way: decision.ways[0]! });
        for (const option of options) taken.add(option);
      }
    }
  }
  return { stated, even, left };
}

/** Options of which a second would replace the first: what needs them both is decided one after the other. */
const ONE_VALUE: ReadonlySet<string> = new Set(['--amount', '--order', '--once', '--date-format', '--customer']);

/** What was decided and is refused again is not decided by that. */
function isSame({ decision }: Made, other: Decision): boolean {
  const text = ({ code, ways }: Decision): string => JSON.stringify([code, ways.map(({ settings }) => settings)]);
  return text(decision) === text(other);
}

function applied(values: Values, { settings }: Way): Values {
  return settings.reduce(withSetting, values);
}
