import { ClvError } from '../base/errors.ts';
import { variant } from '../base/message-text.ts';
import { didYouMean } from '../base/nearest.ts';
import { shellWord } from '../base/shell.ts';
import { parseHorizon } from '../base/units.ts';
import { LENGTHS, type Length } from '../data/subscriptions/lengths.ts';
import { optionError } from './option-values.ts';

/** Lengths as `--contract` gives them: one for all plans, or one a plan. */
export type ContractLengths = Length | ReadonlyMap<string, Length>;

/** Lengths that the gaps between payments tell. */
export const AUTO = 'auto';

/** `1m`, or `basic=1m,annual=1y` by the values of the plan column. E101, E123. */
export function contractLengths(text: string | undefined): ContractLengths {
  if (text === undefined) throw new ClvError('E123', variant('E123', 'contract'));
  if (!text.includes('=')) return lengthNamed(text, text);
  const plans = new Map<string, Length>();
  for (const part of text.split(',')) {
    const at = part.lastIndexOf('=');
    const plan = part.slice(0, at).trim();
    if (at <= 0 || plan === '' || plans.has(plan)) optionError('--contract', text, 'no lengths');
    plans.set(plan, lengthNamed(part.slice(at + 1).trim(), text));
  }
  return plans;
}

/** A length by its name. @param text of the whole option */
export function lengthNamed(name: string, text: string): Length {
  const names = LENGTHS.map((length) => length.text);
  const found = LENGTHS.find((length) => length.text === name);
  return (
    found ?? optionError('--contract', text, 'unknown', { choices: names.join(' '), hint: didYouMean(name, names) })
  );
}

/** The length of a plan; null where it has none. */
export function lengthOf(lengths: ContractLengths, plan: string): Length | null {
  return isLength(lengths) ? lengths : (lengths.get(plan) ?? null);
}

/** Lengths as they are typed. */
export function contractText(lengths: ContractLengths): string {
  return isLength(lengths) ? lengths.text : [...lengths].map(([plan, { text }]) => `${plan}=${text}`).join(',');
}

/** Whether one length is that of all plans. */
export function isLength(lengths: ContractLengths): lengths is Length {
  return !(lengths instanceof Map);
}

/** Most plans that an error names. */
const NAMED = 10;

/** E317 for plans of the rows that have no length. */
export function checkPlans(plans: readonly string[], lengths: ContractLengths): void {
  if (isLength(lengths)) return;
  const missing = plans.filter((plan) => !lengths.has(plan));
  if (missing.length === 0) return;
  const first = missing[0]!;
  throw new ClvError('E317', {
    count: missing.length,
    plans:
      missing
        .slice(0, NAMED)
        .map((plan) => `"${plan}"`)
        .join(', ') + (missing.length > NAMED ? ', …' : ''),
    contract: shellWord(`${contractText(lengths)},${first || 'PLAN'}=1m`),
    plan: shellWord(first),
  });
}

/** Whole days of a span: `10d`, `2w`, `1m`, or nothing of them. E101. */
export function spanDays(option: string, text: string): number {
  const days = /^0+[dwmqy]?$/.test(text) ? 0 : parseHorizon(text)?.days;
  return Math.floor(days ?? optionError(option, text, 'no span'));
}
