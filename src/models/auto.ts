import { ClvError } from '../base/errors.ts';
import type { BuyingModel } from './model.ts';
import { paretoNbd } from './pareto-nbd/pareto-nbd.ts';

/**
 * `--model auto`: Pareto/NBD where the data suffice, and where they do not, an error with what remains. Never another model
 * in its place: whoever wants one names it.
 */
export const auto: BuyingModel = {
  ...paretoNbd,
  fit(states, start) {
    try {
      return paretoNbd.fit(states, start);
    } catch (error) {
      if (!(error instanceof ClvError)) throw error;
      const remedy = error.code === 'E301' ? TOO_FEW : NO_OPTIMUM;
      throw new ClvError('E307', {
        model: paretoNbd.name,
        code: error.code,
        detail: String(error.values['detail'] ?? ''),
        remedy,
      });
    }
  },
};

const TOO_FEW =
  'use a longer period or more customers; if the rows are payments of a subscription, --contract 1m, 1q or 1y';
const NO_OPTIMUM =
  'use a longer period, or name a model with fewer demands on the data and judge it by clv validate: mbg-nbd, bg-nbd';
