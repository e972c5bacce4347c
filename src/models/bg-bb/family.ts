import type { BuyingModel, Inside } from '../model.ts';
import { type BuyingKind, type BuyingName, buying, type StoppingKind, type StoppingName, stopping } from './chances.ts';
import { occasions } from './occasions.ts';

/**
 * BG/BB (Fader, Hardie & Shang 2010): at each opportunity a living customer buys with a chance that is Beta(α, β) over
 * customers, and dies before it with a chance that is Beta(γ, δ). Parameters have no unit but the opportunity, which is so many
 * days. Its limits: of the chances to buy, α, β → ∞, all alike; of those to stop, γ, δ → ∞, all alike, γ, δ → 0, at once or
 * never, γ/δ → 0, nobody; and both.
 * @param timeUnit the opportunity in words, 1y
 */
export function bgBb(opportunityDays: number, timeUnit?: string): BuyingModel {
  const made = new Map<string, BuyingModel>();
  const of = (buys: BuyingName, stops: StoppingName): BuyingModel => {
    const [ofBuying, ofStopping] = [buying[buys], stopping[stops]];
    const name = `${ofStopping.prefix}${ofBuying.name}`;
    const known = made.get(name);
    if (known) return known;
    const limits = [...simpler(stops).map((end) => of(buys, end)), ...(buys === 'beta' ? [of('one', stops)] : [])];
    const takes = [ofBuying.takes, ofStopping.takes].filter((words) => words !== undefined);
    const model: BuyingModel = {
      ...occasions(name, { buying: ofBuying, stopping: ofStopping }, opportunityDays),
      ...(timeUnit !== undefined && { timeUnit }),
      ...(limits.length > 0 && { limits }),
      ...(takes.length > 0 && {
        takes: takes.join(', and '),
        inside: (parameters) => insideOf(ofBuying, ofStopping, parameters),
      }),
    };
    made.set(name, model);
    return model;
  };
  return of('beta', 'beta');
}

function simpler(stops: StoppingName): StoppingName[] {
  if (stops === 'beta') return ['one', 'atOnce', 'nobody'];
  return stops === 'nobody' ? [] : ['nobody'];
}

/** The ways into BG/BB: where chances to stop are at an edge those of these, the chances to buy being what they are or nearly so. */
function insideOf(buys: BuyingKind, stops: StoppingKind, parameters: readonly number[]): readonly Inside[] {
  const own = parameters.slice(0, buys.ranges.length);
  const rest = parameters.slice(buys.ranges.length);
  const [rates] = buys.inside?.(own) ?? [];
  const start = rates?.start ?? own;
  if (!stops.inside) return rates ? [{ ...rates, start: [...start, ...rest] }] : [];
  return stops.inside(rest).map((way) => ({
    start: [...start, ...way.start],
    parameter: way.parameter + 2,
    factor: way.factor,
    fixed: [...(rates?.fixed ?? []), ...way.fixed.map((i) => i + 2)],
  }));
}
