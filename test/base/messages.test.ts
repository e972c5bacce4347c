import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ClvError, type Warning } from '../../src/base/errors.ts';
import { variant } from '../../src/base/message-text.ts';
import { MESSAGES, VARIANTS } from '../../src/base/messages.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('messages', () => {
  it('stand in the order of their codes, errors before warnings', () => {
    expect(Object.keys(MESSAGES)).toEqual(Object.keys(MESSAGES).toSorted());
  });

  it('take the values that their texts mention, no fewer and no others', () => {
    const made = [
      new ClvError('E201', { text: 'oops' }),
      new ClvError('E231', {}, { file: 'a.csv' }),
      new ClvError('E301', { customers: 1, repeat: 0, min_customers: 50, min_repeat: 10 }),
      // @ts-expect-error a value is forgotten
      new ClvError('E201', {}),
      // @ts-expect-error all are forgotten
      new ClvError('E201'),
      // @ts-expect-error a value is misspelt
      new ClvError('E201', { txet: 'oops' }),
      // @ts-expect-error the remedy mentions one more
      new ClvError('E401', {}),
      // @ts-expect-error the word that goes with a count needs the count
      new ClvError('E312', {}),
      // @ts-expect-error no text mentions it
      new ClvError('E231', { file: 'a.csv' }),
      // @ts-expect-error a warning is no error
      new ClvError('W304', { count: 1 }),
      // @ts-expect-error there is no such code
      new ClvError('E999', {}),
    ];
    const told: readonly Warning[] = [
      { code: 'W304', values: { count: 1 } },
      // @ts-expect-error a value is forgotten
      { code: 'W304', values: {} },
      // @ts-expect-error a value is misspelt
      { code: 'W304', values: { counts: 1 } },
      // @ts-expect-error an error is no warning
      { code: 'E201', values: { text: 'oops' } },
    ];
    expect([made.length, told.length]).toEqual([11, 4]);
  });

  it('of an error that was caught, only the code and the values of all are known', () => {
    const caught: unknown = new ClvError('E201', { text: 'oops' });
    if (!(caught instanceof ClvError)) throw caught;
    // @ts-expect-error there is no such code
    expect(caught.code === 'E999').toBe(false);
    expect(caught.values['text']).toBe('oops');
  });

  it('every code is raised by a golden case or a test', () => {
    const files = execFileSync('find', ['test', 'fixtures/cases', '-type', 'f'], { cwd: ROOT, encoding: 'utf8' })
      .trim()
      .split('\n');
    const text = files
      .filter((file) => /\.test\.ts$|experr$/.test(file) && !file.endsWith('messages.test.ts'))
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join('\n');
    expect(Object.keys(MESSAGES).filter((code) => !text.includes(code))).toEqual([]);
  });

  it('every code is used by the program', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const text = files
      .filter((file) => !file.endsWith('messages.ts'))
      .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'))
      .join('\n');
    expect(Object.keys(MESSAGES).filter((code) => !text.includes(`'${code}'`))).toEqual([]);
    const names = Object.values(VARIANTS).flatMap((variants) => Object.keys(variants));
    expect(names.filter((name) => !text.includes(`'${name}'`))).toEqual([]);
  });

  it('variants take the values that their words mention, no fewer and no others', () => {
    expect(variant('E254', 'name twice', { line: 3 })).toEqual({
      problem: 'stands already on line 3',
      remedy: 'give each a line',
    });
    expect(variant('E254', 'no amount')).toEqual({ problem: 'is not an amount', remedy: 'write it like 12.50' });
    const wrong = [
      // @ts-expect-error a value is forgotten
      () => variant('E254', 'name twice'),
      // @ts-expect-error a value is misspelt
      () => variant('E254', 'name twice', { lien: 3 }),
      // @ts-expect-error no word mentions it
      () => variant('E254', 'no amount', { line: 3 }),
      // @ts-expect-error there is no such variant
      () => variant('E254', 'no such thing'),
    ];
    expect(wrong).toHaveLength(4);
  });

  it('variants are words for what their message leaves open', () => {
    for (const [code, variants] of Object.entries(VARIANTS)) {
      const { text, remedy } = MESSAGES[code as keyof typeof VARIANTS];
      for (const part of Object.values(variants).flatMap((words) => Object.keys(words)))
        expect(`${text}${remedy}`).toContain(`{${part}}`);
    }
  });
});
