import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPaths } from '../../../src/cli/output/paths.ts';
import { main } from '../../../src/main.ts';

let folder = '';
const at = (name: string) => join(folder, name);
const file = (option: string, name: string) => ({ option, file: at(name) });
const E113 = expect.objectContaining({ code: 'E113' });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clv-paths-'));
  writeFileSync(at('in.csv'), 'customer,date,amount\n');
  symlinkSync(at('in.csv'), at('link.csv'));
  linkSync(at('in.csv'), at('hard.csv'));
  mkdirSync(at('d'));
  symlinkSync(at('d'), at('d2'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('an output', () => {
  it.each(['in.csv', 'link.csv', 'hard.csv', 'd/../in.csv'])('is no input, whatever leads there: %s', (name) => {
    expect(() => checkPaths([file('FILES', 'in.csv')], [file('--output', name)])).toThrow(E113);
    expect(() => checkPaths([file('--margins', 'link.csv')], [file('--rejects', name)])).toThrow(E113);
  });

  it('is no other output, one yet to be made included', () => {
    expect(() => checkPaths([], [file('--output', 'new.csv'), file('--rejects', 'new.csv')])).toThrow(E113);
    expect(() => checkPaths([], [file('--output', 'd/new.csv'), file('--save-model', 'd2/new.csv')])).toThrow(E113);
  });

  it('is asked for after the inputs, of which transactions alone may be standard input', () => {
    const E119 = expect.objectContaining({ code: 'E119', values: { option: '--market' } });
    expect(() => checkPaths([{ option: '--market', file: '-' }], [])).toThrow(E119);
    expect(() => checkPaths([{ option: 'FILES', file: '-' }], [])).not.toThrow();
  });

  it('may be anything else', () => {
    const outputs = [
      file('--output', 'd/in.csv'),
      file('--rejects', 'nowhere/x.csv'),
      { option: '--save-model', file: '/dev/null' },
    ];
    expect(() => checkPaths([file('FILES', 'in.csv'), { option: 'FILES', file: '/dev/null' }], outputs)).not.toThrow();
  });

  it('ends the program with 2 before anything is touched', async () => {
    expect(await main(['compute', at('in.csv'), '--margin', '30%', '-o', at('link.csv')])).toBe(2);
    expect(readFileSync(at('in.csv'), 'utf8')).toBe('customer,date,amount\n');
  });
});
