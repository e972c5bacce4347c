import { existsSync } from 'node:fs';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { bookBefore, closeNamed } from '../../cli/closes/which.ts';
import { withOutput } from '../../cli/frame.ts';
import { whole } from '../../cli/option-values.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { writingOf } from '../../cli/output/writing.ts';
import { withScratch } from '../../cli/scratch.ts';
import type { Close } from '../../data/books/close.ts';
import { bookIn, changesBetween, isBookThere } from '../../ledger/registry.ts';
import { sideOf } from './closed.ts';
import { type Compared, differencesOf, type Side } from './compared.ts';
import { diffReport } from './document.ts';
import type { DiffOptions } from './options.ts';
import { changesOf, type Result, readResult } from './results.ts';
import { SECTIONS } from './sections.ts';

/** A close that was named, with its book. */
interface Closed {
  readonly book: string;
  readonly close: Close;
  readonly side: Side;
}

type Named = { readonly closed: Closed } | { readonly result: Result };

/** `clv diff`: read both → compare → report; E538, exit 1, where they differ. */
export async function diff(a: string, b: string, options: DiffOptions): Promise<void> {
  const top = whole('--top', options.top, 0, 1_000_000);
  await withOutput(writingOf(options), sectionsAsked(options, SECTIONS), ({ signal, write }) =>
    withScratch(signal, async (scratch) => {
      const found = await compare(await named(a), await named(b), top, scratch);
      await write(diffReport(found));
      const count = found.differences.length;
      if (count > 0) throw new ClvError('E538', { a, b, count });
    }),
  );
}

/** A file of that name, or else a close: what stands before the last @ is its book. @throws ClvError E401, E441, E534, E537 */
async function named(text: string): Promise<Named> {
  const at = text.lastIndexOf('@');
  const book = text.slice(0, Math.max(at, 0));
  if (existsSync(text) || !isBookThere(book)) {
    if (bookIn([text]) !== null) throw new ClvError('E537', {}, { file: text });
    return { result: await readResult(text) };
  }
  const close = closeNamed(await bookBefore(book), text.slice(at + 1));
  return { closed: { book, close, side: sideOf(close, text) } };
}

/** @throws ClvError E536 where they cannot be compared */
async function compare(a: Named, b: Named, top: number, scratch: string): Promise<Compared> {
  const [one, other] = [a, b].map((of) => ('closed' in of ? of.closed.side : of.result)) as [Side, Side];
  const names = { a: one.name, b: other.name };
  if ('closed' in a !== 'closed' in b) throw new ClvError('E536', { ...names, ...variant('E536', 'close and result') });
  if (one.command !== other.command) {
    const values = { first: one.command, second: other.command };
    throw new ClvError('E536', { ...names, ...variant('E536', 'other commands', values) });
  }
  if (one.currency !== other.currency) {
    const values = { first: one.currency ?? 'none that is named', second: other.currency ?? 'none that is named' };
    throw new ClvError('E536', { ...names, ...variant('E536', 'other currencies', values) });
  }
  return { a: one, b: other, differences: differencesOf(one, other), customers: await customersOf(a, b, top, scratch) };
}

async function customersOf(a: Named, b: Named, top: number, scratch: string): Promise<Compared['customers']> {
  if ('closed' in a && 'closed' in b) {
    if (a.closed.book !== b.closed.book)
      throw new ClvError('E536', {
        a: a.closed.side.name,
        b: b.closed.side.name,
        ...variant('E536', 'other books'),
      });
    return changesBetween(a.closed.book, scratch, [a.closed.close, b.closed.close], top);
  }
  if ('closed' in a || 'closed' in b || a.result.customers === null || b.result.customers === null) return null;
  return changesOf(a.result.customers, b.result.customers, top);
}
