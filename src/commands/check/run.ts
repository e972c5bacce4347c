import { ONE } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { variant, warningsBlock } from '../../base/message-text.ts';
import { inputOf } from '../../cli/assumptions.ts';
import { typedConditions } from '../../cli/chosen/typed.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import type { Population } from '../../data/customers.ts';
import { listOf } from '../../data/lists.ts';
import type { Column, Report } from '../../data/report.ts';
import { heading } from '../../report/found.ts';
import { type Input, inputBlock } from '../../report/input.ts';
import { listView } from '../../report/views.ts';
import { assertionOf, FIGURES, figureText, holds } from './figures.ts';
import { type CheckOptions, REFUSED } from './options.ts';

const OPTION = '--assert';
const EXAMPLE = "'customers>=1000,max_date>=2025-12-01'";

/** An assertion that was held against its figure. */
interface Held {
  readonly assertion: string;
  readonly found: string;
  readonly holds: boolean;
}

/** `clv check`: read the transactions → hold what is asserted against what they come to → report; E564, exit 1, where it does not hold. */
export async function check(files: readonly string[], options: CheckOptions, typed: readonly string[]): Promise<void> {
  const misfit = typed.find((option) => REFUSED.includes(option));
  if (misfit !== undefined) throw new ClvError('E122', { option: misfit, ...variant('E122', 'nothing valued') });
  const asserted = options.assert
    .flatMap((text) => typedConditions(OPTION, text, EXAMPLE))
    .map((one) => assertionOf(OPTION, one));
  if (asserted.length === 0) throw new ClvError('E123', variant('E123', 'assertion'));
  const settings = { ...settingsOf(options), margin: ONE };
  const { digits } = settings;
  const held: Held[] = [];
  await withTransactions(files, settings, {}, async ({ ledger, read, pricing, notes, known }) => {
    notes.warnings(known);
    const population = await ledger.rollUp({ asOf: null, spendFrom: 'all', fillMeans: false });
    const figures = Object.entries(FIGURES).map(([name, { of }]) => [name, of(read, population)] as const);
    const values = new Map(figures);
    for (const one of asserted) {
      const { column, comparison, value } = one;
      const found = values.get(column)!;
      const assertion = `${column}${comparison}${value}`;
      held.push({ assertion, found: figureText(column, found, digits), holds: holds(one, found) });
    }
    const rows = figures.map(([name, value]) => [name, figureText(name, value, digits)]);
    return checkReport(held, rows, {
      input: inputOf(read, pricing),
      population,
      digits,
      warnings: warningsBlock(known),
    });
  });
  const failed = held.filter((one) => !one.holds);
  if (failed.length === 0) return;
  const told = failed.map(({ assertion, found }) => `${assertion} (it is ${found})`);
  throw new ClvError('E564', { count: failed.length, all: held.length, failed: told.join(', ') });
}

export const ASSERTIONS: readonly Column[] = [
  { name: 'assertion', kind: 'text' },
  { name: 'found', kind: 'text' },
  { name: 'holds', kind: 'text' },
];
export const NAMED: readonly Column[] = [
  { name: 'figure', kind: 'text' },
  { name: 'value', kind: 'text' },
];

interface Looked {
  readonly input: Input;
  readonly population: Population;
  readonly digits: number;
  readonly warnings: ReturnType<typeof warningsBlock>;
}

function checkReport(held: readonly Held[], figures: readonly string[][], looked: Looked): Report {
  const { input, population, digits, warnings } = looked;
  const rows = held.map(({ assertion, found, holds }) => [assertion, found, holds ? 'yes' : 'no']);
  return {
    command: 'check',
    document: [
      ...heading('check'),
      ['input', inputBlock({ input, population, assumptions: { digits } })],
      ['warnings', warnings],
      ['figures', listOf('figures', NAMED, figures)],
      ['assertions', listOf('assertions', ASSERTIONS, rows)],
    ],
    main: 'assertions',
    views: [listView('What is asserted', 'assertions', { assertion: 'Assertion', found: 'Is', holds: 'Holds' })],
  };
}
