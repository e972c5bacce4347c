/** Markup that is well formed and safe to stand in a page: only `tag` makes it, and escapes every text on the way. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What stands in an element: texts as they are read, other markup, nothing, or several of these. */
export type Part = string | Markup | null | readonly Part[];

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => MARKS[mark]!);
}

/** Parts in their order; texts escaped. */
export function inline(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escaped(part);
  if (part instanceof Markup) return part.text;
  return part.map(inline).join('');
}

/** Elements that have no end in HTML. */
const VOID = new Set(['meta', 'br', 'hr']);

/** An element. Numbers of drawings are cut to hundredths, so that a page is no larger than what is seen of it. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...parts: readonly Part[]
): Markup {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(plain(value))}"`);
  const open = `<${name}${written.join('')}>`;
  return new Markup(VOID.has(name) ? open : `${open}${inline(parts)}</${name}>`);
}

function plain(value: string | number): string {
  return typeof value === 'string' ? value : String(Math.round(value * 100) / 100);
}
