import { Decimal } from '../../base/decimal.ts';
import type { ClvError } from '../../base/errors.ts';
import { AMOUNT_SCALE, parseUnits, unitsText } from '../../base/money.ts';
import { type Problem, parseRate, type RateKind } from '../../base/rates.ts';
import type { TableSource } from '../../data/inputs.ts';
import { type Change, type Driver, driverName, type GivenScenario } from '../../data/what-if.ts';
import { plainName } from '../columns.ts';
import { amountCell, columnOf, namesOf, neededColumn } from './cells.ts';
import { badCell, badColumns, readTable, type Table, type TableRow, unreadCell } from './table.ts';

/** The driver of that name, whatever its case, blanks, underscores and hyphens. */
export function driverNamed(name: string, drivers: readonly Driver[]): Driver | undefined {
  return drivers.find((driver) => plainName(driver) === plainName(name));
}

/** Drivers that are rates, which can be set to a value of their own. */
const KINDS: Partial<Record<Driver, RateKind>> = { margin: 'margin', growth: 'growth', 'discount-rate': 'discount' };
const HAS_VALUE: ReadonlySet<string> = new Set(Object.keys(KINDS));

const CUSTOMERS = /^\d{1,12}$/;

/** How a driver changes: `+1%` and `-10%` by so much, without a sign to a new value, where the driver has one. */
export function parseChange(driver: Driver, text: string): Change | Problem {
  const relative = /^[+-]/.test(text);
  if (!relative && driver === 'acquisition') {
    if (CUSTOMERS.test(text)) return { text, relative, value: new Decimal(text) };
    return { problem: 'is not a number of customers a year', remedy: 'e.g. 500, or by so much: +10%' };
  }
  if (!relative && driver === 'retention-cost') {
    const units = parseUnits(text, AMOUNT_SCALE);
    if (units !== null && units >= 0n) return { text, relative, value: new Decimal(unitsText(units, AMOUNT_SCALE)) };
    return { problem: 'is not an amount a period', remedy: 'e.g. 2.50, or by so much: +10%' };
  }
  if (!relative && !HAS_VALUE.has(driver))
    return { problem: 'has no sign, and there is no one value to set', remedy: 'change it by so much: +1% or -1%' };
  const rate = parseRate(text, relative ? 'growth' : (KINDS[driver] ?? 'discount'));
  return rate instanceof Decimal ? { text: text.replaceAll(' ', ''), relative, value: rate } : rate;
}

/** Why two drivers cannot both be set. */
export const SAID_TWICE: Problem = {
  problem: 'does not go with dropout: both say how long customers stay',
  remedy: 'change one of them',
};

function scenarioTable(drivers: readonly Driver[]) {
  const names = drivers.map(driverName).join(', ');
  const remedy = `give it the columns scenario, some of ${names}, and campaign_cost if there is one`;
  return { what: 'scenarios file', remedy };
}

/**
 * Reads a scenarios file: scenario (its name), a column a driver, blank where it stays as it is, and perhaps campaign_cost.
 * @throws ClvError E254, E255 and those of readTable
 */
export async function readScenarios(
  file: string,
  known: readonly Driver[],
): Promise<{ readonly scenarios: readonly GivenScenario[]; readonly source: TableSource }> {
  const table = await readTable(file, (header) => header.some((name) => plainName(name) === 'scenario'));
  const described = scenarioTable(known);
  const name = neededColumn(table, ['scenario'], described);
  const cost = columnOf(table, ['campaigncost'], described);
  const drivers = known.flatMap((driver) => {
    const at = columnOf(table, [plainName(driver)], described);
    return at < 0 ? [] : [[driver, at] as const];
  });
  const taken = [name, cost, ...drivers.map(([, at]) => at)];
  const other = table.header.find((_, at) => !taken.includes(at));
  if (other !== undefined) {
    throw badColumns(table, 'no driver', { name: other, remedy: described.remedy });
  }
  const scenarios = [...namesOf(table, name).values()].map((row) => ({
    name: row.cells[name]!,
    ...changesOf(table, row, drivers),
    cost: cost < 0 || row.cells[cost] === '' ? null : costOf(table, row, cost),
  }));
  return { scenarios, source: table.source };
}

function changesOf(
  table: Table,
  row: TableRow,
  drivers: readonly (readonly [Driver, number])[],
): Pick<GivenScenario, 'changes' | 'refuse'> {
  const refuse = (driver: Driver, problem: Problem): ClvError =>
    unreadCell(table, row, drivers.find(([name]) => name === driver)![1], problem);
  const changes = new Map<Driver, Change>();
  for (const [driver, at] of drivers) {
    if (row.cells[at] === '') continue;
    const change = parseChange(driver, row.cells[at]!);
    if ('problem' in change) throw refuse(driver, change);
    changes.set(driver, change);
  }
  if (changes.has('dropout') && changes.has('retention')) throw refuse('retention', SAID_TWICE);
  return { changes, refuse };
}

function costOf(table: Table, row: TableRow, column: number): Decimal {
  const units = amountCell(table, row, column);
  if (units <= 0n) throw badCell(table, row, column, 'not above zero');
  return new Decimal(unitsText(units, AMOUNT_SCALE));
}
