import type { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Problem } from '../../base/rates.ts';
import { amount, optionError } from '../../cli/option-values.ts';
import type { TableSource } from '../../data/inputs.ts';
import type { Change, Driver, GivenScenario } from '../../data/what-if.ts';
import { driverNamed, parseChange, readScenarios, SAID_TWICE } from '../../reader/tables/scenarios.ts';
import type { WhatifOptions } from './options.ts';

/** What is asked for: scenarios, that of --set first, and the cost of winning a customer. */
export interface AskedWhatif {
  readonly scenarios: readonly GivenScenario[];
  /** True where the first of them is that of --set. */
  readonly set: boolean;
  readonly acquisitionCost: Decimal | null;
  readonly tables: readonly TableSource[];
}

/** @throws ClvError E101, E112, E151–E155; E254, E255 for a scenarios file */
export async function askedWhatif(options: WhatifOptions, drivers: readonly Driver[]): Promise<AskedWhatif> {
  const { set, scenarios, campaignCost, acquisitionCost } = options;
  if (campaignCost !== undefined && set === undefined)
    throw new ClvError('E112', { option: '--campaign-cost', other: '--set' });
  const typed = set === undefined ? [] : [typedScenario(set, drivers, costOf('--campaign-cost', campaignCost))];
  const listed = scenarios === undefined ? null : await readScenarios(scenarios, drivers);
  return {
    scenarios: [...typed, ...(listed?.scenarios ?? [])],
    set: typed.length > 0,
    acquisitionCost: costOf('--acquisition-cost', acquisitionCost),
    tables: listed === null ? [] : [listed.source],
  };
}

function costOf(option: string, text: string | undefined): Decimal | null {
  if (text === undefined) return null;
  const cost = amount(option, text);
  return cost.gt(0) ? cost : optionError(option, text, 'no cost');
}

/** Every --set, together. */
function typedScenario(texts: readonly string[], drivers: readonly Driver[], cost: Decimal | null): GivenScenario {
  const changes = new Map<Driver, Change>();
  const refuse = (driver: Driver, { problem, remedy }: Problem): ClvError =>
    new ClvError('E155', { driver, text: changes.get(driver)!.text, problem, remedy });
  for (const text of texts) {
    const [driver, change] = typedChange(text, drivers);
    if (changes.has(driver)) throw new ClvError('E153', { driver });
    changes.set(driver, change);
  }
  if (changes.has('dropout') && changes.has('retention')) throw new ClvError('E154', { ...SAID_TWICE });
  return { name: 'set', changes, cost, refuse };
}

function typedChange(text: string, known: readonly Driver[]): readonly [Driver, Change] {
  const match = /^([^=]+)=(.+)$/.exec(text);
  const drivers = known.join(', ');
  if (!match) throw new ClvError('E151', { text, drivers });
  const [name, value] = match.slice(1).map((part) => part.trim()) as [string, string];
  const driver = driverNamed(name, known);
  if (!driver) throw new ClvError('E152', { text, driver: name, drivers, hint: didYouMean(name, known) });
  const change = parseChange(driver, value);
  if ('problem' in change) throw new ClvError('E155', { driver, text: value, ...change });
  return [driver, change];
}
