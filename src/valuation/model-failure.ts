import { ClvError } from '../base/errors.ts';

/** A model that cannot be fitted to these data is a finding where there is more to say; anything else is thrown on. */
export function modelFailure(error: unknown): ClvError {
  if (error instanceof ClvError && error.code.startsWith('E3')) return error;
  throw error;
}
