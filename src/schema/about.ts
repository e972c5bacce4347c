import { SETTINGS } from '../commands/config/document.ts';
import { CASES, ERRORS } from '../commands/errors/document.ts';
import { SCHEMAS } from '../commands/schema/document.ts';
import { headed } from './blocks.ts';
import { listOf } from './kinds.ts';

/** `clv schema`: the documents that have one. */
export const schema = headed('schema', { schemas: listOf(SCHEMAS) });

/** `clv errors`: what may go wrong. */
export const errors = headed('errors', { errors: listOf(ERRORS), cases: listOf(CASES) });

/** `clv config`: what is set, and where. */
export const config = headed('config', { settings: listOf(SETTINGS) });
