import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClvError } from '../../src/base/errors.ts';
import { type Frame, withOutput } from '../../src/cli/frame.ts';
import { writingOf } from '../../src/cli/output/writing.ts';
import type { Report } from '../../src/data/report.ts';
import { reportOf, sectionOf, viewOf } from '../reporter/helpers.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clv-frame-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const section = sectionOf('segments', { region: 'text' }, [['North']]);
const report = reportOf([section], [viewOf(section)]);
const failing = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new ClvError('E421', { detail: 'EIO' })) }),
};
const broken: Report = { ...report, views: [], document: [['segments', { ...section, blocks: failing }]] };

/** The two ways to keep something beside a report. */
const WAYS: Record<string, (frame: Frame, what: Report, keep: () => Promise<void>) => Promise<void>> = {
  write: ({ write }, what, keep) => write(what, [keep]),
  keeping: ({ keeping }, what, keep) =>
    keeping(async (ready) => {
      await ready(what);
      await keep();
    }),
};

describe.each(Object.entries(WAYS))('what is kept beside a report: %s', (_, way) => {
  async function run(file: string, what: Report) {
    const seen: boolean[] = [];
    const keep = async () => {
      seen.push(existsSync(file));
    };
    const settings = writingOf({ output: [file], quiet: 2, color: false });
    const code = await withOutput(settings, undefined, (frame) => way(frame, what, keep)).then(
      () => null,
      (error: ClvError) => error.code,
    );
    return { code, seen };
  }

  it('is kept before the report is in its place', async () => {
    expect(await run(join(folder, 'a.json'), report)).toEqual({ code: null, seen: [false] });
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('is not kept where the report cannot be written', async () => {
    expect(await run(join(folder, 'a.json'), broken)).toEqual({ code: 'E421', seen: [] });
    expect(readdirSync(folder)).toEqual([]);
  });
});
