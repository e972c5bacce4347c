import { ClvError } from '../../base/errors.ts';

/** E330: the mean of what customers spend would be infinite, though the fit has its optimum. */
export class NoMeanError extends ClvError<'E330'> {
  constructor(model: string, q: number) {
    super('E330', { model, q: q.toPrecision(3) });
  }
}
