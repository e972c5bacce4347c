import type { Place } from '../../base/errors.ts';

/** Why a record is no transaction although nothing is wrong with it. */
export type AccountKind = 'continuation' | 'left_out' | 'repeated' | 'without_customer';

/** Records of one kind, and their money in units of 10^-4 as far as it can be read. */
export interface Account {
  readonly kind: AccountKind;
  /** Of those left out: by which column and value, and why in words. */
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string | null;
  readonly records: number;
  readonly amount: bigint;
}

/** One record that is no transaction, for the list of them. */
export interface LeftRecord {
  readonly kind: AccountKind;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string | null;
  readonly place: Place;
  readonly amount: bigint;
}

interface Mutable {
  kind: AccountKind;
  column: string | null;
  value: string | null;
  reason: string | null;
  records: number;
  amount: bigint;
}

/** Adds up the records that are no transactions. */
export class Accounts {
  readonly #found = new Map<string, Mutable>();
  readonly #report: ((record: LeftRecord) => void) | undefined;
  records = 0;

  constructor(report: ((record: LeftRecord) => void) | undefined) {
    this.#report = report;
  }

  /** @param place is asked for only where somebody wants the list */
  add(
    kind: AccountKind,
    amount: bigint,
    place: () => Place,
    by: { readonly column: string; readonly value: string; readonly reason: string } | null = null,
    records = 1,
  ): void {
    const { column, value, reason } = by ?? { column: null, value: null, reason: null };
    const key = by === null ? kind : `${kind}\0${column}\0${value}`;
    let account = this.#found.get(key);
    if (!account) {
      account = { kind, column, value, reason, records: 0, amount: 0n };
      this.#found.set(key, account);
    }
    account.records += records;
    account.amount += amount;
    this.records += records;
    this.#report?.({ kind, column, value, reason, place: place(), amount });
  }

  /** In the order of the kinds, those left out by column and value. */
  get result(): readonly Account[] {
    const order: readonly AccountKind[] = ['continuation', 'left_out', 'repeated', 'without_customer'];
    const text = (account: Account): string => `${account.column ?? ''}\0${account.value ?? ''}`;
    return [...this.#found.values()].sort(
      (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (text(a) < text(b) ? -1 : 1),
    );
  }
}
