import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { roff } from '../../../src/commands/man/roff.ts';
import { run } from '../../command.ts';

const page = (words: string) =>
  roff({
    name: 'clv-x',
    version: '1.2.3',
    description: words,
    usage: 'clv x [options]',
    groups: [{ title: 'Margin', terms: [['--margin <rate>', words]] }],
    notes: words,
    also: ['clv'],
  });

const hasMan = spawnSync('man', ['--version']).status === 0;

describe('a page of the manual', () => {
  it('has no line that roff takes for a request but its own, and no escape that comes from a text', () => {
    const own = /^\.(TH|SH|TP|B|BR|nf|fi)\b/;
    for (const text of ['.so /etc/passwd', "'br", '\\n(.$ \\*x', 'a\n.ex'])
      for (const line of page(text.replaceAll('\n', ' ')).split('\n')) {
        if (/^[.']/.test(line)) expect(line).toMatch(own);
        expect(line.replace(/\\(e|-|&|\(aq)/g, '')).not.toContain('\\');
      }
  });

  it.runIf(hasMan)('of every command is read by man without a warning', async () => {
    const { out, err } = await run(
      'for c in compute statement "ledger add"; do clv man $c -o page.1 && MANWIDTH=80 man --warnings -l page.1 | wc -l; done; rm page.1',
      '/tmp',
    );
    expect(err).toBe('');
    expect(
      out
        .split('\n')
        .map(Number)
        .filter(Boolean)
        .every((lines) => lines > 20),
    ).toBe(true);
  });
});
