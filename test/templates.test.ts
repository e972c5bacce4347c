import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const TEMPLATES = join(ROOT, 'templates');
const folder = mkdtempSync(join(tmpdir(), 'clv-templates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const template = (name: string): string => readFileSync(join(TEMPLATES, name), 'utf8');
const here = (program: string): boolean => spawnSync('which', [program]).status === 0;

describe('templates/month-end.sh', () => {
  const env = { ...process.env, SHOP_HOME: folder, PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}` };
  const run = (month: string, asOf: string): string =>
    execFileSync('sh', [join(TEMPLATES, 'month-end.sh'), join(folder, month), asOf], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });

  beforeAll(() => {
    mkdirSync(join(folder, 'bin'));
    const clv = `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'bin/clv.js')}' "$@"\n`;
    writeFileSync(join(folder, 'bin/clv'), clv, { mode: 0o755 });
    writeFileSync(join(folder, 'may.csv'), 'customer,date,amount\na,2025-05-01,10.00\nb,2025-05-31,20.00\n');
    const model = join(ROOT, 'fixtures/layouts/model.json');
    writeFileSync(join(folder, 'options'), `--margin 40% --use-model ${model}`);
  });

  it('adds, closes, reports, counts, copies; and does nothing twice', () => {
    expect(run('may.csv', '2025-05-31')).toContain('Close 1, as of 2025-05-31');
    expect(readdirSync(join(folder, 'reports/2025-05-31')).sort()).toEqual([
      'added.txt',
      'check.txt',
      'close.html',
      'close.json',
      'close.txt',
      'close.xlsx',
    ]);
    expect(existsSync(join(folder, 'books/2025-05-31.clv'))).toBe(true);
    expect(run('may.csv', '2025-05-31')).toBe('');
  });
});

describe('the other templates', () => {
  it('run the scripts and files that are there', () => {
    const text = ['crontab', 'clv-month-end.service'].map(template).join('\n');
    expect(text.match(/\/srv\/clv\/[\w.-]+\.sh/g)).toEqual(['/srv/clv/month-end.sh', '/srv/clv/month-end.sh']);
    for (const [, name] of template('clv-month-end.service').matchAll(/^OnFailure=(.*)$/gm)) {
      expect(existsSync(join(TEMPLATES, name!))).toBe(true);
    }
  });

  it('tell the month before as cron and systemd escape it', () => {
    const line = template('crontab').split('\n').at(-2)!;
    const command = line.split(' ').slice(5).join(' ');
    expect(command.replaceAll('\\%', '')).not.toContain('%');
    const start = /^ExecStart=(.*)$/m.exec(template('clv-month-end.service'))![1]!;
    expect(start.replaceAll('%%', '')).not.toContain('%');
    expect(start.replaceAll('$$', '')).not.toContain('$');
    const dates = command.replaceAll('\\%', '%').replace(/&& \/srv.*$/, '&& echo "$month $end"');
    expect(execFileSync('sh', ['-c', dates], { encoding: 'utf8' })).toMatch(/^\d{4}-\d\d \d{4}-\d\d-(28|29|30|31)\n$/);
  });

  it.skipIf(!here('systemd-analyze'))('are units that systemd takes', () => {
    const units = readdirSync(TEMPLATES).filter((name) => /\.(service|timer)$/.test(name));
    for (const unit of units) writeFileSync(join(folder, unit), template(unit).replace(/^User=.*$/m, ''));
    const found = spawnSync('systemd-analyze', ['verify', ...units.map((unit) => join(folder, unit))], {
      encoding: 'utf8',
    });
    expect(found.stderr.split('\n').filter((line) => line.includes('clv-month-end'))).toEqual([]);
  });

  it('build an image whose program is not root', () => {
    const lines = template('Dockerfile')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'ENTRYPOINT'];
    for (const line of lines) expect(known).toContain(line.split(' ')[0]);
    expect(lines.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    for (const file of ['package.json', 'package-lock.json']) {
      expect(lines.join('\n')).toContain(file);
      expect(existsSync(join(ROOT, file))).toBe(true);
    }
    const stages = lines.filter((line) => line.startsWith('FROM '));
    expect(new Set(stages.map((line) => line.split(' ')[1]))).toHaveLength(1);
  });
});
