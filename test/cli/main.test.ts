import { describe, expect, it } from 'vitest';
import { failure } from '../../src/cli/main.ts';
import { makeScratch } from '../../src/cli/scratch.ts';

describe('failures', () => {
  it('E500: what nobody raised on purpose is a bug of ours, with its stack', async () => {
    const { text, code } = await failure(new TypeError('x is not a function'), false);
    expect(text).toMatch(/^clv: error\[E500\] internal error: TypeError: x is not a function/);
    expect(code).toBe(70);
    expect((await failure('thrown text', false)).text).toContain('thrown text');
  });

  it('E412: no place for a working directory', () => {
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = '/nowhere/at/all';
    try {
      expect(() => makeScratch(new AbortController().signal)).toThrow(expect.objectContaining({ code: 'E412' }));
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
});
