import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type ListName, sectionOption } from '../../../src/cli/output/section-option.ts';
import { sectionsAsked } from '../../../src/cli/output/sections.ts';
import * as audit from '../../../src/commands/audit/sections.ts';
import * as close from '../../../src/commands/close/sections.ts';
import * as cohorts from '../../../src/commands/cohorts/sections.ts';
import * as compute from '../../../src/commands/compute/sections.ts';
import * as diff from '../../../src/commands/diff/sections.ts';
import * as inspect from '../../../src/commands/inspect/sections.ts';
import * as mrr from '../../../src/commands/mrr/sections.ts';
import * as statement from '../../../src/commands/statement/sections.ts';
import * as validate from '../../../src/commands/validate/sections.ts';
import * as whatif from '../../../src/commands/whatif/sections.ts';
import { run } from '../../command.ts';

const LISTS = ['lines', ['segments', '--by']] as const;

test('lists that need an option are there with it', () => {
  expect(sectionsAsked({}, LISTS)).toEqual({ asked: undefined, names: ['lines'] });
  expect(sectionsAsked({ by: 'region', section: 'segments' }, LISTS)).toEqual({
    asked: 'segments',
    names: ['lines', 'segments'],
  });
});

test('a wrong list is told with those there are, and one that needs an option with that', () => {
  expect(() => sectionsAsked({ section: 'line' }, LISTS)).toThrow(
    expect.objectContaining({
      code: 'E109',
      values: { section: 'line', sections: 'lines', hint: expect.stringContaining('lines') },
    }),
  );
  expect(() => sectionsAsked({ section: 'segments' }, LISTS)).toThrow(
    expect.objectContaining({ code: 'E112', values: { option: '--section segments', other: '--by' } }),
  );
});

test('help names every list of a command once', () => {
  expect(sectionOption('csv', LISTS, ['lines', 'tenures'])).toEqual([
    '--section <name>',
    'the list that csv carry: lines, segments (--by) or tenures',
  ]);
});

/** A command that has all its lists, by their names. */
const SHOP = '$FIXTURES/transactions.csv --margin 30% --use-model $FIXTURES/layouts/model.json';
const PLANS = '$FIXTURES/subscriptions.csv --contract 1m --margin 70%';
const TABLE = '--survivors $FIXTURES/survivors.csv';
const COMMANDS: readonly [command: string, lists: readonly ListName[], missing?: string][] = [
  [`compute ${SHOP} --by region`, compute.SECTIONS.purchases],
  [`compute ${PLANS} --retention 80% --by plan`, compute.SECTIONS.contract],
  [`compute ${TABLE} --margin-per-period 100`, compute.SECTIONS.survivors],
  [`audit ${SHOP} --by region`, audit.SECTIONS.purchases],
  [`audit ${PLANS} --retention 80% --by plan`, audit.SECTIONS.contract],
  [`mrr $FIXTURES/subscriptions.csv --contract 1m --by plan --every 1y`, mrr.SECTIONS],
  [`cohorts ${SHOP} --every 1y`, cohorts.SECTIONS],
  [`whatif ${SHOP}`, whatif.SECTIONS],
  [`validate ${SHOP} --origins 2`, validate.SECTIONS.purchases],
  [`validate ${PLANS} --origins 2`, validate.SECTIONS.contract],
  [`validate ${TABLE} --origins 2`, validate.SECTIONS.contract],
  [`statement ${SHOP} --by region --every 1y`, statement.SECTIONS, 'recurring_revenue'],
  [`statement ${PLANS} --retention 80% --by plan --every 1y`, statement.SECTIONS],
  ['inspect $FIXTURES/transactions.csv', inspect.SECTIONS.files],
  ['close shop.clv --as-of 2025-03-31 --margin 40% --by region --use-model model.json', close.SECTIONS.first],
  ['close shop.clv --as-of 2025-04-30', close.SECTIONS.later],
  ['diff shop.clv@1 shop.clv@2', diff.SECTIONS],
  ['inspect shop.clv', inspect.SECTIONS.book],
];

describe('every list that is known before the work is written, and no other', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clv-sections-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(COMMANDS.map(([command, lists, missing]) => ({ command, lists, missing })))(
    'clv $command',
    async ({ command, lists, missing }) => {
      if (command.includes('shop.clv') && !existsSync(join(folder, 'shop.clv'))) {
        cpSync(join(import.meta.dirname, '../../../fixtures/cases/close-late'), folder, { recursive: true });
        await run('clv ledger add shop.clv march.csv april.csv --once order -qq', folder);
      }
      const out = `lists-${readdirSync(folder).length}`;
      const { err } = await run(`clv ${command} -qq --out-dir ${out}`, folder);
      expect(err).not.toMatch(/error\[(?!E538)/);
      const written = readdirSync(join(folder, out)).filter((file) => file.endsWith('.csv'));
      const names = lists.map((list) => (typeof list === 'string' ? list : list[0])).filter((name) => name !== missing);
      expect(written).toEqual(names.map((name) => `${name}.csv`).sort());
    },
  );
});
