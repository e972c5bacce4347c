import type { Ledger } from '../ledger/ledger.ts';

/** What takes time, as a person sees it, by what the ledger is asked for. The models are fitted to the states it hands out. */
const STAGES: Readonly<Partial<Record<keyof Ledger, string>>> = {
  load: 'adding up customers by day',
  rollUp: 'rolling up customers',
  states: 'fitting the models',
  value: 'valuing customers',
};

/** A ledger that says what it is about to do. */
export function announced(ledger: Ledger, say: (stage: string) => void): Ledger {
  return new Proxy(ledger, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...values: readonly unknown[]): unknown => {
        const stage = STAGES[name as keyof Ledger];
        if (stage) say(stage);
        return member.apply(target, values);
      };
    },
  });
}
