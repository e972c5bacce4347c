import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './command.ts';

/**
 * Every console block of the README and of the docs is run at the project's root: a line `$ command`, then what it prints (stdout, then
 * stderr). To write the outputs anew: CLV_POPULATE=1 npx vitest run test/readme.test.ts, then read the diff.
 */
const ROOT = join(import.meta.dirname, '..');
const FILES = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((file) => join('docs', file))].filter((file) =>
  file.endsWith('.md'),
);
const POPULATE = process.env['CLV_POPULATE'] === '1' && !process.env['CI'];

interface Step {
  readonly file: string;
  readonly command: string;
  readonly output: string;
}

function steps(): Step[] {
  return FILES.flatMap(stepsIn);
}

function stepsIn(file: string): Step[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const blocks = [...text.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
  return blocks.flatMap((block) =>
    block.split(/^\$ /m).flatMap((part) => {
      const [command = '', ...output] = part.split('\n');
      return command === '' ? [] : [{ file, command, output: output.join('\n') }];
    }),
  );
}

describe('README and docs', () => {
  it('has blocks to run', () => {
    expect(steps().length).toBeGreaterThan(0);
  });

  it.each(steps())('$file: $command', async ({ file, command, output }) => {
    const { out, err } = await run(command.replaceAll('npx clv', 'clv'), ROOT);
    const found = out + err;
    if (POPULATE) {
      const path = join(ROOT, file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        text.replace(`$ ${command}\n${output}`, () => `$ ${command}\n${found}`),
      );
    } else expect(found).toBe(output);
  });
});
