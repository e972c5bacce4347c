import { ZERO } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import type { TableSource } from '../../data/inputs.ts';
import type { BrandWorth, Rival } from '../../data/market.ts';
import { plainName } from '../columns.ts';
import { columnOf, customersCell, namesOf, neededColumn, positiveCell, rateCell } from './cells.ts';
import { readTable, type Table, type TableRow } from './table.ts';

/** Positions of the columns; below 0: none. */
interface Columns {
  readonly name: number;
  readonly customers: number;
  readonly equity: number;
  readonly average: number;
  readonly margin: number;
  readonly retention: number;
  readonly growth: number;
  readonly revenue: number;
}

const MARKET_FILE = {
  what: 'market file',
  remedy: 'give it name, customers, and equity, average_clv, or margin and retention; growth and revenue may follow',
};

const NAME = ['name', 'brand', 'company', 'competitor'];

/**
 * Reads a market file, a line a competitor: name, customers, and equity, or average_clv, or the margin of a customer a year
 * and the annual retention, perhaps with growth; perhaps revenue. Other columns are notes and are passed over.
 * @param us our own name, which is no competitor's
 * @throws ClvError E254, E255, E271, E274 and those of readTable
 */
export async function readMarket(file: string, us: string): Promise<{ rivals: readonly Rival[]; source: TableSource }> {
  const table = await readTable(file, (header) => header.some((name) => NAME.includes(plainName(name))));
  const columns = {
    name: neededColumn(table, NAME, MARKET_FILE),
    customers: neededColumn(table, ['customers'], MARKET_FILE),
    equity: columnOf(table, ['equity', 'customer_equity'], MARKET_FILE),
    average: columnOf(table, ['average_clv', 'avg_clv', 'clv_mean', 'clv'], MARKET_FILE),
    margin: columnOf(table, ['margin'], MARKET_FILE),
    retention: columnOf(table, ['retention'], MARKET_FILE),
    growth: columnOf(table, ['growth'], MARKET_FILE),
    revenue: columnOf(table, ['revenue', 'sales'], MARKET_FILE),
  };
  const lines = namesOf(table, columns.name);
  const own = lines.get(us.toLowerCase());
  if (own) throw new ClvError('E271', { name: own.cells[columns.name]! }, own.place(columns.name));
  const rivals = table.rows.map((row) => ({
    name: row.cells[columns.name]!,
    customers: isBlank(row, columns.customers) ? null : customersCell(table, row, columns.customers),
    worth: worthOf(table, row, columns),
    revenue: isBlank(row, columns.revenue) ? null : positiveCell(table, row, columns.revenue),
  }));
  return { rivals, source: table.source };
}

function isBlank(row: TableRow, column: number): boolean {
  return column < 0 || row.cells[column] === '';
}

/** E274 where a row has no value, or more than one. Only an equity can do without the number of customers. */
function worthOf(table: Table, row: TableRow, columns: Columns): BrandWorth {
  const parameters = (['margin', 'retention', 'growth'] as const).filter((name) => !isBlank(row, columns[name]));
  const given = [
    ...(isBlank(row, columns.equity) ? [] : ['equity']),
    ...(isBlank(row, columns.average) ? [] : ['average_clv']),
    ...(parameters.length === 0 ? [] : [parameters.join(' and ')]),
  ];
  const alone = parameters.length > 0 && (isBlank(row, columns.margin) || isBlank(row, columns.retention));
  if (given.length !== 1 || alone) {
    const how = given.length === 0 ? 'no value' : given.length === 1 ? `only ${given[0]!}` : given.join(' as well as ');
    throw new ClvError('E274', { name: row.cells[columns.name]!, how }, row.place(columns.name));
  }
  if (given[0] === 'equity') return { basis: 'equity', equity: positiveCell(table, row, columns.equity) };
  const customers = customersCell(table, row, columns.customers);
  if (given[0] === 'average_clv')
    return { basis: 'average_clv', customers, average: positiveCell(table, row, columns.average) };
  return {
    basis: 'parameters',
    customers,
    margin: positiveCell(table, row, columns.margin),
    retention: rateCell(table, row, columns.retention, 'retention'),
    growth: isBlank(row, columns.growth) ? ZERO : rateCell(table, row, columns.growth, 'growth'),
    place: row.place(columns.retention),
  };
}
