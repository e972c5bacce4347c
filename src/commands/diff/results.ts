import { Decimal, ZERO } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import type { Change, Changes } from '../../data/books/close.ts';
import { readWhole } from '../../reader/files/whole-file.ts';
import { type Side, valuesOf } from './compared.ts';

/** A result of a command in JSON, with its customers where it lists them: their CLV by their id. */
export interface Result extends Side {
  readonly customers: ReadonlyMap<string, number> | null;
}

/** What is no finding, and lists that are compared customer by customer. */
const LEFT = new Set(['$schema', 'schema_version', 'command', 'customers', 'restatements']);

/** Reads a result. E537 for another file; E401–E403, E422. */
export async function readResult(file: string): Promise<Result> {
  const text = (await readWhole(file, 'the result')).toString('utf8');
  const document = parsed(text);
  const command = document?.['command'];
  if (!document || typeof command !== 'string') throw new ClvError('E537', {}, { file });
  const { methodology, customers } = document as Partial<Record<string, { readonly currency?: unknown }>>;
  const currency = methodology?.currency;
  return {
    name: file,
    command,
    currency: typeof currency === 'string' ? currency : null,
    values: valuesOf(document, LEFT),
    customers: Array.isArray(customers) && customers.length > 0 ? clvOf(customers) : null,
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function clvOf(customers: readonly unknown[]): ReadonlyMap<string, number> | null {
  const found = customers.map((one) => one as { readonly customer_id?: unknown; readonly clv?: unknown });
  if (found.some(({ customer_id, clv }) => typeof customer_id !== 'string' || typeof clv !== 'number')) return null;
  return new Map(found.map(({ customer_id, clv }) => [customer_id as string, clv as number]));
}

/** What became of the customers of two results. @param top how many of the largest changes */
export function changesOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>, top: number): Changes {
  const text = (clv: number | undefined): string | null => (clv === undefined ? null : new Decimal(clv).toFixed());
  const all = [...new Set([...a.keys(), ...b.keys()])].map((id) => {
    const [was, is] = [a.get(id), b.get(id)];
    return { id, was, is, change: new Decimal(is ?? 0).minus(was ?? 0) };
  });
  const part = (of: (one: (typeof all)[number]) => boolean) => {
    const some = all.filter(of);
    return { customers: some.length, change: some.reduce((sum, { change }) => sum.plus(change), ZERO).toFixed() };
  };
  const both = ({ was, is }: (typeof all)[number]): boolean => was !== undefined && is !== undefined;
  const largest = all
    .filter(({ was, is }) => was !== is)
    .sort((x, y) => y.change.abs().cmp(x.change.abs()) || (x.id < y.id ? -1 : 1))
    .slice(0, top)
    .map(({ id, was, is, change }): Change => ({ id, a: text(was), b: text(is), change: change.toFixed() }));
  return {
    came: part(({ was }) => was === undefined),
    gone: part(({ is }) => is === undefined),
    changed: part((one) => both(one) && one.was !== one.is),
    same: part((one) => both(one) && one.was === one.is),
    largest,
  };
}
