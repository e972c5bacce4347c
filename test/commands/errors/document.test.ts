import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MESSAGES, type MessageCode } from '../../../src/base/messages.ts';
import { errorsReport } from '../../../src/commands/errors/document.ts';
import { json } from '../../../src/reporter/json.ts';

const DOCS = join(import.meta.dirname, '../../../docs');

describe('clv errors', () => {
  it('has a line for each code, and of each every way to say it with nothing left out that a variant fills in', async () => {
    const codes = Object.keys(MESSAGES) as MessageCode[];
    let text = '';
    const report = errorsReport(codes, new Map(), null);
    for await (const chunk of json.write(report, { width: 80, color: false })) text += String(chunk);
    const { errors, cases } = JSON.parse(text);
    expect(errors.map(({ code }: { code: string }) => code)).toEqual(codes);
    for (const one of cases) expect(`${one.text} ${one.remedy}`).not.toMatch(/\{(problem|\w+\|)/);
  });

  it('documents name no code that there is not', () => {
    for (const file of readdirSync(DOCS))
      for (const [code] of readFileSync(join(DOCS, file), 'utf8').matchAll(/\b[EW]\d{3}\b/g))
        expect(Object.keys(MESSAGES), file).toContain(code);
  });
});
