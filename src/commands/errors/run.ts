import { readdirSync, readFileSync } from 'node:fs';
import { MESSAGES, type MessageCode } from '../../base/messages.ts';
import { didYouMean } from '../../base/nearest.ts';
import { withOutput } from '../../cli/frame.ts';
import { optionError } from '../../cli/option-values.ts';
import { writingOf } from '../../cli/output/writing.ts';
import { DOCS } from '../../resources.ts';
import { errorsReport } from './document.ts';
import type { ErrorsOptions } from './options.ts';

/** `clv errors`: the table of messages, or one of them. E101 for a code that is none. */
export async function errors(asked: string | undefined, options: ErrorsOptions): Promise<void> {
  const codes = Object.keys(MESSAGES).sort() as MessageCode[];
  const code = asked === undefined ? null : codeOf(asked, codes);
  const report = errorsReport(code === null ? codes : [code], docsOf(), code);
  await withOutput(writingOf(options), undefined, ({ write }) => write(report));
}

function codeOf(asked: string, codes: readonly MessageCode[]): MessageCode {
  const code = codes.find((one) => one === asked.toUpperCase());
  return code ?? optionError('clv errors', asked, 'no code', { hint: didYouMean(asked, codes) });
}

/** The files of the documentation that speak of each code, by their names. */
function docsOf(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of readdirSync(DOCS).sort()) {
    const text = readFileSync(new URL(file, DOCS), 'utf8');
    for (const code of new Set(text.match(/\b[EW]\d{3}\b/g)))
      found.set(code, [...(found.get(code) ?? []), `docs/${file}`]);
  }
  return found;
}
