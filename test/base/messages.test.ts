import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../../src/base/messages.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('messages', () => {
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
  });
});
