import { z } from 'zod';
import { ASSERTIONS, NAMED } from '../commands/check/run.ts';
import { SETTINGS } from '../commands/config/document.ts';
import { CASES, ERRORS } from '../commands/errors/document.ts';
import { SCHEMAS } from '../commands/schema/document.ts';
import { COLUMNS as VERIFIED } from '../commands/verify/run.ts';
import { headed, input, warning } from './blocks.ts';
import { listOf } from './kinds.ts';

/** `clv schema`: the documents that have one. */
export const schema = headed('schema', { schemas: listOf(SCHEMAS) });

/** `clv errors`: what may go wrong. */
export const errors = headed('errors', { errors: listOf(ERRORS), cases: listOf(CASES) });

/** `clv config`: what is set, and where. */
export const config = headed('config', { settings: listOf(SETTINGS) });

/** `clv check`: figures of files, and what is asserted of them. */
export const check = headed('check', {
  input,
  warnings: z.array(warning),
  figures: listOf(NAMED),
  assertions: listOf(ASSERTIONS),
});

/** `clv verify`: what has become of the files of a manifest. */
export const verify = headed('verify', { manifest: z.string(), files: listOf(VERIFIED) });
