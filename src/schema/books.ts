import { z } from 'zod';
import { COLUMNS as REOPENED } from '../commands/close/reopen.ts';
import { COLUMNS as CLOSES } from '../commands/closes/run.ts';
import { CHANGES, CUSTOMERS, DIFFERENCES } from '../commands/diff/document.ts';
import { ADDS, BOOK, COLUMNS } from '../report/book.ts';
import {
  CONTRACT_METHOD,
  contractModels,
  documentOf,
  headed,
  input,
  METHOD,
  modelError,
  models,
  renewalsError,
  segments,
  summary,
  warning,
} from './blocks.ts';
import { count, date, listOf, money, rowOf, words } from './kinds.ts';
import {
  contractStatementMethod,
  restatements,
  statementBlock,
  statementMethod,
  statementSegments,
} from './statement.ts';

/** What every close says, whatever it is of. */
const CLOSED = {
  close: z.strictObject({
    number: count,
    as_of: date,
    closed_at: z.iso.datetime(),
    version: z.string(),
    customers: count,
    customer_equity: money,
    options: z.record(z.string(), z.string()),
    before: z.strictObject({ number: count, as_of: date, customer_equity: money }).nullable(),
  }),
  summary,
  segments,
  statement: statementBlock.nullable(),
  statement_segments: statementSegments,
  restatements,
};

const ofPurchases = documentOf('close', z.union([z.strictObject(METHOD), statementMethod]), input, {
  ...CLOSED,
  model: models,
  model_error: modelError,
});

const contractMethod = z.strictObject({ ...METHOD, ...CONTRACT_METHOD });
const ofContracts = documentOf('close', z.union([contractMethod, contractStatementMethod]), input, {
  ...CLOSED,
  model: contractModels,
  model_error: renewalsError,
});

/** `clv close`: what is kept, or with --reopen what is taken back. */
export const close = z.union([ofPurchases, ofContracts, headed('close', { reopened: rowOf(REOPENED) })]);

/** `clv closes`: every close of a book. */
export const closes = headed('closes', { book: z.string(), closes: listOf(CLOSES) });

/** `clv diff`: what differs between two results or two closes. */
export const diff = headed('diff', {
  of: z.string(),
  a: z.string(),
  b: z.string(),
  equal: z.boolean(),
  differences: listOf(DIFFERENCES),
  changes: listOf(CHANGES),
  customers: listOf(CUSTOMERS),
});

/** What a book holds, and its files. */
export const BOOK_MEMBERS = {
  warnings: z.array(warning),
  book: rowOf(BOOK),
  checked: z.array(words).optional(),
  columns: listOf(COLUMNS),
  adds: listOf(ADDS),
};

/** `clv ledger`: what a book holds. */
export const ledger = headed('ledger', BOOK_MEMBERS);
