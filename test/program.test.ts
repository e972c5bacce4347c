import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USUAL } from '../src/cli/say/help.ts';
import { program } from '../src/program.ts';
import { run } from './command.ts';

const ROOT = join(import.meta.dirname, '..');
const clv = () => program(() => {});
const commands = [clv(), ...clv().commands];

/** A command's whole help, with what stands after it. */
function helpOf(name: string, everything = true): string {
  let text = '';
  const all = program((part) => {
    text += part;
  }, everything);
  const command = name === 'clv' ? all : all.commands.find((one) => one.name() === name)!;
  command.outputHelp();
  return text;
}

const examples = commands.flatMap((command) =>
  [...helpOf(command.name()).matchAll(/^ {2}\$ (clv .*)$/gm)].map((match) => match[1]!),
);

describe('the option table', () => {
  it('has no option twice, describes each, and names the value of each that takes one', () => {
    for (const command of commands) {
      const flags = command.options.flatMap((option) => [option.short, option.long].filter((flag) => flag));
      expect(new Set(flags).size).toBe(flags.length);
      for (const option of command.options) {
        expect(option.description, option.flags).not.toBe('');
        expect(option.flags).toMatch(option.required ? /<[\w-]+>$/ : /^(-\w, )?--[\w-]+$/);
      }
    }
  });

  it.each([
    ['share', 'x.csv', '--market', 'a.csv', '--market', 'b.csv'],
    ['compute', 'x.csv', '--by=region', '--by', 'product'],
    ['statement', 'x.csv', '--out-dir', 'a', '--out-dir', 'b'],
  ])('E118: takes one value of an option: %s %s %s', async (...args) => {
    const found = await clv()
      .parseAsync(args, { from: 'user' })
      .catch((error: unknown) => error);
    expect(found).toMatchObject({
      code: 'E118',
      values: { option: args[2]!.replace(/=.*/, '') },
    });
  });

  it('shows the options that most people use, and says how to see the others', () => {
    const usual = helpOf('compute', false);
    expect(usual.match(/^ {2}(-\w, )?--/gm)!.length).toBeLessThanOrEqual(14);
    expect(usual).toContain('--margin <rate>');
    expect(usual).not.toContain('--regularity');
    expect(usual).toContain('clv compute --help all');
    expect(helpOf('compute')).not.toContain('--help all');
    for (const command of clv().commands) {
      const shown = helpOf(command.name(), false).match(/^ {2}(-\w, )?--[\w-]+/gm) ?? [];
      expect(shown.length, command.name()).toBeGreaterThan(0);
      if (!helpOf(command.name(), false).includes('--help all'))
        for (const option of command.options.filter(({ hidden }) => !hidden))
          expect(helpOf(command.name(), false)).toContain(option.long);
    }
  });

  it('shows of a command a dozen options that it has, a command of ledger too', () => {
    const { commands: top } = clv();
    const all = [...top, ...top.flatMap((command) => command.commands)];
    for (const [name, usual] of Object.entries(USUAL)) {
      const { options } = all.find((command) => command.name() === name)!;
      const shown = options.filter(({ hidden }) => !hidden).map(({ long }) => long);
      expect(shown, name).toEqual(expect.arrayContaining([...usual]));
      expect(usual.length, name).toBeLessThanOrEqual(11);
    }
    const add = all.find((command) => command.name() === 'add')!;
    expect(add.createHelp().visibleOptions(add).length).toBeLessThanOrEqual(14);
  });

  it('ends a command of ledger as any other where it is typed wrong', async () => {
    await expect(clv().parseAsync(['ledger', 'add', '--nope'], { from: 'user' })).rejects.toMatchObject({
      code: 'commander.unknownOption',
    });
  });

  it('leaves out of the help what a command refuses', () => {
    for (const [name, refused] of [
      ['statement', ['--as-of <']],
      ['validate', ['--opportunity', 'bg-bb']],
    ] as const) {
      for (const words of refused) expect(helpOf(name)).not.toContain(words);
      for (const words of refused) expect(helpOf('compute')).toContain(words);
    }
  });

  it('has examples for every command', () => {
    for (const command of commands) expect(helpOf(command.name())).toContain('Examples:');
  });

  describe('of the examples, on a quarter of the customers', () => {
    const folder = mkdtempSync(join(tmpdir(), 'clv-examples-'));
    beforeAll(() => {
      const fixtures = join(folder, 'fixtures');
      cpSync(join(ROOT, 'fixtures'), fixtures, { recursive: true, filter: (path) => !path.endsWith('cases') });
      const log = join(fixtures, 'transactions.csv');
      const [header, ...records] = readFileSync(log, 'utf8').match(/(?:"[^"]*"|[^"\n])+\n/g)!;
      writeFileSync(log, [header, ...records.filter((record) => Number(record.split(',')[0]) % 4 === 3)].join(''));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each(examples)('%s', async (example) => {
      // What is said of the whole log is asked of all of it.
      const where = example.startsWith('clv check') ? ROOT : folder;
      expect(await run(example, where)).toMatchObject({ code: 0 });
    });
  });
});
