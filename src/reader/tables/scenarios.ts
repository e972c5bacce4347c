import { Decimal } from '../../base/decimal.ts';
import type { ClvError } from '../../base/errors.ts';
import { AMOUNT_SCALE, unitsText } from '../../base/money.ts';
import { type Problem, parseRate } from '../../base/rates.ts';
import type { TableSource } from '../../data/inputs.ts';
import { type Change, DRIVERS, type Driver, driverName, type GivenScenario } from '../../data/what-if.ts';
import { plainName } from '../columns.ts';
import { amountCell, columnOf, namesOf, neededColumn } from './cells.ts';
import { badCell, badColumns, readTable, type Table, type TableRow, unreadCell } from './table.ts';

/** The driver of that name, whatever its case, blanks, underscores and hyphens. */
export function driverNamed(name: string): Driver | undefined {
  return DRIVERS.find((driver) => plainName(driver) === plainName(name));
}

const CUSTOMERS = /^\d{1,12}$/;

/** How a driver changes: `+1%` and `-10%` by so much, without a sign to a new value, where the driver has one. */
export function parseChange(driver: Driver, text: string): Change | Problem {
  const relative = /^[+-]/.test(text);
  if (!relative && driver === 'acquisition') {
    if (CUSTOMERS.test(text)) return { text, relative, value: new Decimal(text) };
    return { problem: 'is not a number of customers a year', remedy: 'e.g. 500, or by so much: +10%' };
  }
  if (!relative && driver !== 'margin' && driver !== 'discount-rate')
    return { problem: 'has no sign, and there is no one value to set', remedy: 'change it by so much: +1% or -1%' };
  const rate = parseRate(text, relative ? 'growth' : driver === 'margin' ? 'margin' : 'discount');
  return rate instanceof Decimal ? { text: text.replaceAll(' ', ''), relative, value: rate } : rate;
}

/** Why two drivers cannot both be set. */
export const SAID_TWICE: Problem = {
  problem: 'does not go with dropout: both say how long customers stay',
  remedy: 'change one of them',
};

const SCENARIO_TABLE = {
  what: 'scenarios file',
  remedy: `give it the columns scenario, some of ${DRIVERS.map(driverName).join(', ')}, and campaign_cost if there is one`,
};

/**
 * Reads a scenarios file: scenario (its name), a column a driver, blank where it stays as it is, and perhaps campaign_cost.
 * @throws ClvError E254, E255 and those of readTable
 */
export async function readScenarios(
  file: string,
): Promise<{ readonly scenarios: readonly GivenScenario[]; readonly source: TableSource }> {
  const table = await readTable(file, (header) => header.some((name) => plainName(name) === 'scenario'));
  const name = neededColumn(table, ['scenario'], SCENARIO_TABLE);
  const cost = columnOf(table, ['campaigncost'], SCENARIO_TABLE);
  const drivers = DRIVERS.flatMap((driver) => {
    const at = columnOf(table, [plainName(driver)], SCENARIO_TABLE);
    return at < 0 ? [] : [[driver, at] as const];
  });
  const known = [name, cost, ...drivers.map(([, at]) => at)];
  const other = table.header.find((_, at) => !known.includes(at));
  if (other !== undefined) {
    throw badColumns(table, 'no driver', { name: other, remedy: SCENARIO_TABLE.remedy });
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
