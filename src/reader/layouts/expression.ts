import type { Expression, Term } from '../../data/expression.ts';

export { columnsOf, type Expression } from '../../data/expression.ts';

/** Why a text is no expression. `unknown`: a name that no column has. */
export type ExpressionFault = { readonly unknown: string } | { readonly problem: string };

/** Positions of the columns that a name means: exact ones if there are any, and only those where a name must be `exact`. */
export type FindColumns = (name: string, exact: boolean) => readonly number[];

/**
 * Amounts as arithmetic over columns: `Total - Refunded Amount`, `Quantity * Price`, `first(A, B)` (the first that is not
 * blank), `first_not_zero(A, B - C)` (nor zero, else the last). A name that is a column as a whole wins over arithmetic; a name
 * may stand in brackets: `[Total - x]`.
 */
export function parseExpression(text: string, find: FindColumns): Expression | ExpressionFault {
  const parser = new Parser(text, find);
  try {
    return parser.whole();
  } catch (error) {
    if (error instanceof Fault) return error.fault;
    throw error;
  }
}

class Fault extends Error {
  readonly fault: ExpressionFault;

  constructor(fault: ExpressionFault) {
    super('not an expression');
    this.fault = fault;
  }
}

const FUNCTION = /^(first|first_not_zero)\s*\(/i;
/** Where a name may end. */
const BOUNDARY = /[-+*,)]/g;

class Parser {
  readonly #text: string;
  readonly #find: FindColumns;
  #at = 0;

  constructor(text: string, find: FindColumns) {
    this.#text = text;
    this.#find = find;
  }

  whole(): Expression {
    const found = this.#sum();
    if (this.#at < this.#text.length) throw new Fault({ problem: `"${this.#rest()}" is too much` });
    return found;
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #blanks(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++;
  }

  /** The next character, if it is one of these. */
  #take(marks: string): string | null {
    this.#blanks();
    const mark = this.#text[this.#at];
    if (mark === undefined || !marks.includes(mark)) return null;
    this.#at++;
    return mark;
  }

  #sum(): Expression {
    const terms: Term[] = [{ minus: false, of: this.#product() }];
    for (let mark = this.#take('+-'); mark !== null; mark = this.#take('+-'))
      terms.push({ minus: mark === '-', of: this.#product() });
    return terms.length === 1 ? terms[0]!.of : { kind: 'sum', terms };
  }

  #product(): Expression {
    const factors = [this.#operand()];
    while (this.#take('*') !== null) factors.push(this.#operand());
    return factors.length === 1 ? factors[0]! : { kind: 'product', factors };
  }

  #operand(): Expression {
    this.#blanks();
    const name = this.#longestName();
    if (name !== null) return name;
    const call = FUNCTION.exec(this.#rest());
    if (call) {
      this.#at += call[0].length;
      return this.#options(call[1]!.toLowerCase() === 'first_not_zero');
    }
    if (this.#text[this.#at] === '[') return this.#bracketed();
    const unknown = this.#rest().slice(0, endOfName(this.#rest())).trim();
    throw new Fault(unknown === '' ? { problem: 'a column is missing' } : { unknown });
  }

  #options(notZero: boolean): Expression {
    const options = [this.#sum()];
    while (this.#take(',') !== null) options.push(this.#sum());
    if (this.#take(')') === null) throw new Fault({ problem: 'a bracket is not closed' });
    return { kind: 'first', options, notZero };
  }

  #bracketed(): Expression {
    const close = this.#text.indexOf(']', this.#at);
    if (close < 0) throw new Fault({ problem: 'a bracket is not closed' });
    const name = this.#text.slice(this.#at + 1, close);
    const column = this.#column(name, false);
    if (column === null) throw new Fault({ unknown: name });
    this.#at = close + 1;
    return { kind: 'column', column };
  }

  /**
   * The longest text up to a boundary that is a column. With a mark in it, it must be the column's very name: "Total - Refunded"
   * is not "Total Refunded" where there is a "Total".
   */
  #longestName(): Expression | null {
    const ends = [this.#text.length, ...this.#boundaries().reverse()];
    const first = ends.at(-1)!;
    return this.#nameUpTo(ends, (end) => end > first) ?? (first > this.#at ? this.#nameUpTo(ends, () => false) : null);
  }

  #nameUpTo(ends: readonly number[], exact: (end: number) => boolean): Expression | null {
    for (const end of ends) {
      const column = this.#column(this.#text.slice(this.#at, end).trim(), exact(end));
      if (column === null) continue;
      this.#at = end;
      return { kind: 'column', column };
    }
    return null;
  }

  #boundaries(): number[] {
    return [...this.#rest().matchAll(BOUNDARY)].map((match) => this.#at + match.index);
  }

  #column(name: string, exact: boolean): number | null {
    if (name === '') return null;
    const found = this.#find(name, exact);
    if (found.length > 1) throw new Fault({ problem: `${found.length} columns are called "${name}"` });
    return found[0] ?? null;
  }
}

/** Where a name that no column has ends: at a mark outside of the brackets that it may hold itself, as "Cost (ex tax)" does. */
function endOfName(text: string): number {
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const mark = text[i]!;
    if (mark === '(') open++;
    else if (mark === ')' && open > 0) open--;
    else if (open === 0 && '-+*,)'.includes(mark)) return i;
  }
  return text.length;
}

/** An expression over other positions. */
export function movedTo(expression: Expression, position: (column: number) => number): Expression {
  const move = (one: Expression): Expression => movedTo(one, position);
  switch (expression.kind) {
    case 'column':
      return { kind: 'column', column: position(expression.column) };
    case 'sum':
      return { kind: 'sum', terms: expression.terms.map(({ minus, of }) => ({ minus, of: move(of) })) };
    case 'product':
      return { kind: 'product', factors: expression.factors.map(move) };
    case 'first':
      return { ...expression, options: expression.options.map(move) };
  }
}
