import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SCRIPTS } from '../../../src/commands/completion/scripts.ts';
import { following } from '../../../src/commands/completion/words.ts';
import { program } from '../../../src/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'clv-completion-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const BIN = join(import.meta.dirname, '../../bin');

/** Names that would do something, were they ever evaluated. */
const HOSTILE = ['$(touch run)', '`touch run`', "it's; touch run", 'a b', 'x && touch run', '*'];
writeFileSync(
  join(folder, 'shop.csv'),
  `customer,date,amount,${HOSTILE.map((name) => `"${name}"`).join(',')}\n1,2024-01-01,5,a,b,c,d,e,f\n`,
);

/** What a shell does with the words: it prints what it would insert, and then types it. */
function shell(name: string, args: readonly string[], script: string) {
  const env = { ...process.env, PATH: `${BIN}:${process.env['PATH']}`, CLV_CONFIG: 'none' };
  const { stdout, stderr } = spawnSync(name, [...args, script], { cwd: folder, encoding: 'utf8', env });
  return { out: stdout.split('\n').filter((line) => line !== ''), err: stderr };
}

const has = (name: string): boolean => spawnSync(name, ['--version']).status === 0;
const known = { '--format': ['csv', 'json'] };
const nextTo = (...words: string[]) =>
  following(
    program(() => {}),
    words,
    known,
  );

describe('what may follow', () => {
  it('are commands first, their options where one is begun, and values that are known by name', () => {
    expect(nextTo('').words).toContain('compute');
    expect(nextTo('ledger', '').words).toContain('add');
    expect(nextTo('compute', 'shop.csv', '--').words).toEqual(
      expect.arrayContaining(['--margin', '--config', '--help']),
    );
    expect(nextTo('compute', 'shop.csv', '--').words).not.toContain('--id');
    expect(nextTo('compute', '--format', '').words).toEqual(['csv', 'json']);
  });

  it('are columns of the files that are typed, after an option that names columns', () => {
    expect(nextTo('compute', 'a.csv', '--margin', '30%', '--by', 'r')).toEqual({ words: [], columnsOf: ['a.csv'] });
    expect(nextTo('compute', 'a.csv', '--margin', '')).toEqual({ words: [], columnsOf: [] });
    expect(nextTo('compute', '--quiet', 'a.csv', '--date', '').columnsOf).toEqual(['a.csv']);
  });
});

describe('the script', () => {
  it('of bash inserts names so that they are one word each, whatever stands in them, and runs none', () => {
    const words = `COMP_WORDS=(clv compute shop.csv --by ''); COMP_CWORD=4; _clv`;
    const { out, err } = shell(
      'bash',
      ['--norc', '-c'],
      `${SCRIPTS.bash}\n${words}\nprintf '%s\\n' "\${COMPREPLY[@]}" > typed\nwhile IFS= read -r word; do eval "printf '%s\\n' $word"; done < typed`,
    );
    expect(err).toBe('');
    expect(out).toEqual(['customer', 'date', 'amount', ...HOSTILE]);
    expect(existsSync(join(folder, 'run'))).toBe(false);
  });

  it('of bash completes options', () => {
    const words = `COMP_WORDS=(clv compute --marg); COMP_CWORD=2; _clv`;
    expect(shell('bash', ['--norc', '-c'], `${SCRIPTS.bash}\n${words}\nprintf '%s\\n' "\${COMPREPLY[@]}"`).out).toEqual(
      ['--margin', '--margins', '--margin-per-period'],
    );
  });

  it.runIf(has('zsh'))('of zsh takes names as words', () => {
    const stub = `compdef() {}; compadd() { shift; printf '%s\\n' "$@" }; words=(clv compute shop.csv --by ''); CURRENT=5`;
    expect(shell('zsh', ['-f', '-c'], `${stub}\n${SCRIPTS.zsh}\n_clv`).out).toEqual([
      'customer',
      'date',
      'amount',
      ...HOSTILE,
    ]);
    expect(existsSync(join(folder, 'run'))).toBe(false);
  });

  it.runIf(has('fish'))('of fish takes names as words', () => {
    const { out } = shell('fish', ['-N', '-c'], `${SCRIPTS.fish}\ncomplete -C 'clv compute shop.csv --by '`);
    expect(out).toEqual(expect.arrayContaining(['customer', ...HOSTILE]));
    expect(existsSync(join(folder, 'run'))).toBe(false);
  });

  describe('of PowerShell, as its documentation has such scripts', () => {
    const script = SCRIPTS.powershell;

    it('is one completer of a native command, of the three values that it is given, and its brackets close', () => {
      expect(script).toMatch(
        /^Register-ArgumentCompleter -Native -CommandName clv -ScriptBlock \{\n {2}param\(\$word, \$tree, \$cursor\)\n/,
      );
      const open: string[] = [];
      const code = script.replace(/#.*|"'"|'[^'\n]*'/g, '');
      for (const mark of code.match(/[{}()[\]]/g)!) {
        if ('{(['.includes(mark)) open.push(mark);
        else expect(open.pop()! + mark).toMatch(/^(\{\}|\(\)|\[\])$/);
      }
      expect(open).toEqual([]);
      expect(code).not.toContain("'");
    });

    it('gives the words before the cursor without their quotes, a blank for one that is not begun, and -- in quotes', () => {
      expect(script).toContain('Where-Object { $_.Extent.StartOffset -lt $cursor }');
      expect(script).toContain('StringConstantExpressionAst]) { $_.Value } else { $_.ToString() }');
      expect(script).toContain("if ($word -eq '') { $typed += ' ' }");
      expect(script).toContain("& clv completion words '--' @typed 2>$null");
    });

    it('inserts as it is what is one word, and all else as PowerShell quotes it', () => {
      const plain = new RegExp(/-match '([^']+)'/.exec(script)![1]!, 'u');
      for (const name of ['customer_id', '--margin', 'data/shop.csv', '30%']) expect(name).toMatch(plain);
      for (const name of [...HOSTILE, 'it\u2019s', '@all', '$name', 'a,b', '#a', '{a}', '"a"', 'a\u2013b', ''])
        expect(name).not.toMatch(plain);
      expect(script).toContain('CodeGeneration]::EscapeSingleQuotedStringContent($_) + "\'"');
      expect(script).toContain("CompletionResult]::new($text, $_, 'ParameterValue', $_)");
      expect(script).not.toMatch(/Invoke-Expression|iex |\$ExecutionContext/);
    });

    it('is answered with the columns of a file where the last word is a blank', () => {
      const { out } = shell('bash', ['--norc', '-c'], `clv completion words -- compute shop.csv --by ' '`);
      expect(out).toEqual(['customer', 'date', 'amount', ...HOSTILE]);
    });
  });
});
