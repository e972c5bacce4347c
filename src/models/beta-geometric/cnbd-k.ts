import type { BuyingModel } from '../model.ts';
import { betaChance } from './chances.ts';
import { stoppingAfterPurchases } from './family.ts';
import { gammaRates } from './rates.ts';

/**
 * BG/CNBD-k and MBG/CNBD-k (Platzer & Reutterer 2016; Reutterer, Platzer & Schröder 2020): as BG/NBD and MBG/NBD, but the
 * intervals between the purchases of a customer are Erlang-k, the more regular the greater k. k = 1 is BG/NBD, MBG/NBD.
 */
const bgCnbd = (k: number): BuyingModel =>
  stoppingAfterPurchases({ first: 0, phases: k, rates: gammaRates, chance: betaChance }, true);

export const mbgCnbd = (k: number): BuyingModel =>
  stoppingAfterPurchases({ first: 1, phases: k, rates: gammaRates, chance: betaChance }, true);

/** With the k of the highest likelihood. */
export const bgCnbdK: BuyingModel = { ...bgCnbd(1), name: 'bg-cnbd-k', ofRegularity: bgCnbd, needsGaps: true };
export const mbgCnbdK: BuyingModel = { ...mbgCnbd(1), name: 'mbg-cnbd-k', ofRegularity: mbgCnbd, needsGaps: true };
