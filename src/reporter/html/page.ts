import type { Report } from '../../data/report.ts';
import { answerOf, type FormatOptions } from '../format.ts';
import { methodologyParts, signOffParts } from './appendix.ts';
import { viewPart } from './lists.ts';
import { inline, Markup, type Part, tag } from './markup.ts';
import { STYLE } from './style.ts';
import { said } from './words.ts';

/** Names of the reports, as their readers call them. */
export const TITLES: Readonly<Record<string, string>> = {
  compute: 'Customer equity',
  explain: 'Where a value comes from',
  validate: 'How well the model predicts',
  statement: 'Customer equity statement',
  mrr: 'Recurring revenue',
  share: 'Customer equity share',
  audit: 'Customer profitability',
  whatif: 'What if',
  inspect: 'What is in the file',
  layouts: 'Known exports',
  cohorts: 'Customers by when they were won',
  close: 'Close of customer equity',
  closes: 'Closes of a book',
  diff: 'What differs',
  ledger: 'Book of transactions',
  check: 'What an export must be',
  verify: 'Files of a manifest',
  errors: 'Errors and warnings',
  schema: 'Documents with a schema',
  config: 'Settings',
};

/**
 * A report as one page that needs nothing else: no script, no network, no file. It may load and run nothing (Content-Security-
 * Policy), whatever the data hold; the style is allowed by its hash.
 */
export async function* pageText(report: Report, { top, run }: FormatOptions): AsyncGenerator<string> {
  const title = TITLES[report.command] ?? report.command;
  const head = tag(
    'head',
    {},
    tag('meta', { charset: 'utf-8' }),
    tag('meta', { 'http-equiv': 'Content-Security-Policy', content: await policy() }),
    tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    tag('title', {}, title),
    tag('style', {}, new Markup(STYLE)),
  );
  yield `<!doctype html>\n<html lang="en">\n${inline(head)}\n<body>\n<main>\n`;
  yield line(tag('h1', {}, title), tag('p', { class: 'dim' }, basisText(report)));
  const answer = await answerOf(report);
  if (answer.length > 0)
    yield line(
      tag(
        'section',
        { class: 'answer', 'aria-label': 'In short' },
        answer.map((sentence) => tag('p', {}, said(sentence))),
      ),
    );
  for (const [i, view] of report.views.entries())
    yield line(tag('section', {}, await viewPart(report, view, `part-${i + 1}`, top)));
  yield line(tag('section', {}, methodologyParts(report)), tag('section', {}, signOffParts(report, run)));
  yield '</main>\n</body>\n</html>\n';
}

function line(...parts: readonly Part[]): string {
  return `${inline(parts)}\n`;
}

/** What day and money a report is of. */
function basisText({ document }: Report): string {
  const methodology = document.find(([name]) => name === 'methodology')?.[1] as
    | { readonly as_of?: unknown; readonly currency?: unknown }
    | undefined;
  const { as_of: asOf, currency } = methodology ?? {};
  const money = typeof currency === 'string' ? `money in ${currency}` : null;
  return [typeof asOf === 'string' ? `as of ${asOf}` : null, money].filter((text) => text !== null).join(', ');
}

async function policy(): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(STYLE));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
