import type { Day } from '../../base/calendar.ts';
import { isWholeYears } from '../../base/units.ts';
import type { PurchaseWindow } from '../model.ts';
import { gaussLegendre } from '../numeric/quadrature.ts';
import type { Clock } from './clock.ts';

/** A window of warped time, and how often what falls in it counts. */
export interface Part {
  readonly weight: number;
  readonly window: PurchaseWindow;
}

/**
 * A window from a day on as parts of warped time. A lifetime and whole years are in the year's mean, a warped day a day long;
 * anything else has the months it is in. Undiscounted it is one window of warped time. Discounted, by parts, with W(t) the
 * warped days within t days and N(W) what is bought in them:
 *   ∫_0^H e^(−δt) dN(W(t)) = e^(−δH) N(W(H)) + δ ∫_0^H e^(−δt) N(W(t)) dt, by two nodes a month.
 */
export function partsOf(clock: Clock, asOf: Day, window: PurchaseWindow): readonly Part[] {
  return partsBy(clock, asOf, window, (fade, delta) => ({ weight: fade, fall: delta * fade }));
}

/**
 * The same for pairs of purchases, each discounted at its time. Given the later one, at v in warped time, the other is alike
 * anywhere before it, as it is where customers buy at one rate while alive; so a pair counts for
 *   h(v) = e^(−δt(v)) A(v)/v,  A(v) = ∫_0^v e^(−δt(u)) du.
 */
export function pairPartsOf(clock: Clock, asOf: Day, window: PurchaseWindow): readonly Part[] {
  return partsBy(clock, asOf, window, (fade, delta, { warped, discounted, factor }) => {
    const mean = discounted / warped;
    return { weight: fade * mean, fall: fade * (delta * mean + (factor * (mean - fade)) / warped) };
  });
}

/** All of a window as one of warped time, undiscounted. */
export function warpedWindow(clock: Clock, asOf: Day, { days, yearly }: PurchaseWindow): PurchaseWindow {
  const window = { delta: 0, days, ...(yearly !== undefined && { yearly }) };
  return partsOf(clock, asOf, window)[0]!.window;
}

/** Time from the start of a window: warped days, the same discounted, and how fast the clock runs. */
interface Passed {
  readonly warped: number;
  readonly discounted: number;
  readonly factor: number;
}

/** How much what happens at a moment counts, and how fast that falls a day. @param fade e^(−δt) */
type Weighting = (fade: number, delta: number, passed: Passed) => { readonly weight: number; readonly fall: number };

function partsBy(clock: Clock, asOf: Day, window: PurchaseWindow, counted: Weighting): readonly Part[] {
  const { delta, days, yearly } = window;
  if (days === null || (yearly ?? isWholeYears(days))) return [{ weight: 1, window: { delta, days } }];
  if (delta === 0) return [partOf(1, clock.at(asOf + days) - clock.at(asOf))];
  const { nodes, weights } = gaussLegendre(NODES);
  const parts: Part[] = [];
  let [warped, discounted, factor] = [0, 0, 1];
  for (const span of clock.spans(asOf, days)) {
    const [length, start] = [span.to - span.from, Math.exp(-delta * span.from)];
    factor = span.factor;
    const passed = (time: number): Passed => ({
      warped: warped + factor * time,
      discounted: discounted - (factor * start * Math.expm1(-delta * time)) / delta,
      factor,
    });
    for (let j = 0; j < NODES; j++) {
      const now = passed(nodes[j]! * length);
      const { fall } = counted(start * Math.exp(-delta * nodes[j]! * length), delta, now);
      parts.push(partOf(weights[j]! * length * fall, now.warped));
    }
    ({ warped, discounted } = passed(length));
  }
  const { weight } = counted(Math.exp(-delta * days), delta, { warped, discounted, factor });
  return [...parts, partOf(weight, warped)];
}

/** Within a month what is bought is so nearly a parabola of time that two nodes are right to the ninth digit. */
const NODES = 2;

function partOf(weight: number, days: number): Part {
  return { weight, window: { delta: 0, days } };
}
