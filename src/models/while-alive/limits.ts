import type { BuyingModel } from '../model.ts';
import { gammaRates, oneRate } from './buying.ts';
import { exponentialLife, forGood, paretoLife, someAtOnce } from './life.ts';
import { whileAlive } from './model.ts';

const SAME_RATE = 'everybody buys at the same rate';
const SAME_DROPOUT = 'everybody stops buying at the same rate';
const NOBODY = 'nobody stops buying';
const AT_ONCE = 'some stop buying at once, the others never';

/** Nobody stops, and all buy at one rate: a Poisson process. */
const poisson = whileAlive('poisson', `${SAME_RATE}, and ${NOBODY}`, { buying: oneRate, life: forGood }, []);

/** NBD (Ehrenberg 1959): nobody stops. */
const nbd = whileAlive('nbd', NOBODY, { buying: gammaRates, life: forGood }, [poisson]);

const zeroInflatedPoisson = whileAlive(
  'zero-inflated-poisson',
  `${SAME_RATE}; ${AT_ONCE}`,
  { buying: oneRate, life: someAtOnce },
  [poisson],
);

/** NBD of those who come back at all (Greene 1994). */
const zeroInflatedNbd = whileAlive('zero-inflated-nbd', AT_ONCE, { buying: gammaRates, life: someAtOnce }, [
  nbd,
  zeroInflatedPoisson,
]);

const exponentialPoisson = whileAlive(
  'exponential-poisson',
  `${SAME_RATE}, and ${SAME_DROPOUT}`,
  { buying: oneRate, life: exponentialLife },
  [poisson],
);

/** NBD with an exponential life (Schmittlein, Morrison & Colombo 1987 with one death rate). */
const exponentialNbd = whileAlive('exponential-nbd', SAME_DROPOUT, { buying: gammaRates, life: exponentialLife }, [
  nbd,
  exponentialPoisson,
]);

const paretoPoisson = whileAlive('pareto-poisson', SAME_RATE, { buying: oneRate, life: paretoLife }, [
  exponentialPoisson,
  zeroInflatedPoisson,
]);

/** What Pareto/NBD tends to as s, β → ∞, as s, β → 0 and as r, α → ∞. Where s/β → 0 each of the first two tends to NBD. */
export const LIMITS_OF_PARETO_NBD: readonly BuyingModel[] = [exponentialNbd, zeroInflatedNbd, paretoPoisson];
