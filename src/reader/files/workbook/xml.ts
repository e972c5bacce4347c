import { SaxesParser } from 'saxes';
import { ClvError } from '../../../base/errors.ts';
import { type Variant, type VariantValues, variant } from '../../../base/message-text.ts';
import type { Archive, Member } from '../archive.ts';

/** The value of an attribute by its name. */
export type Attributes = (name: string) => string | undefined;

/** A listener to a part of a workbook; names are without their prefix, those of attributes too. */
export interface Listener {
  opened(name: string, attributes: Attributes): void;
  closed?(name: string): void;
  text?(text: string): void;
}

/** E266: a workbook that cannot be read. */
export function unreadable<V extends Variant<'E266'>>(
  file: string,
  fault: V,
  ...values: VariantValues<'E266', V>
): ClvError {
  return new ClvError('E266', variant('E266', fault, ...values), { file });
}

/** Reads a part of a workbook; pauses after each piece of it. E245, E248, E266. */
export async function* parseXml(
  archive: Archive,
  member: Member,
  listener: Listener,
  signal?: AbortSignal,
): AsyncGenerator<void> {
  const fault = (): ClvError => unreadable(archive.file.name, 'no XML', { part: member.name });
  const parser = new SaxesParser({ xmlns: false, position: false });
  let faulty = false;
  parser.on('error', () => {
    faulty = true;
  });
  parser.on('opentag', ({ name, attributes }) => listener.opened(local(name), attributesOf(attributes)));
  parser.on('closetag', ({ name }) => listener.closed?.(local(name)));
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decoded = (part?: Buffer): string => {
    try {
      return part ? decoder.decode(part, { stream: true }) : decoder.decode();
    } catch {
      throw fault();
    }
  };
  for await (const part of archive.read(member, signal)) {
    parser.write(decoded(part));
    if (faulty) throw fault();
    yield;
  }
  parser.write(decoded()).close();
  if (faulty) throw fault();
  yield;
}

/** Reads a part of a workbook, all of it at once. */
export async function readXml(
  archive: Archive,
  member: Member,
  listener: Listener,
  signal?: AbortSignal,
): Promise<void> {
  for await (const _ of parseXml(archive, member, listener, signal));
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The parser's own objects have no prototype. A prefix is rare, so it is looked for last. */
function attributesOf(attributes: Readonly<Record<string, string>>): Attributes {
  return (name) => {
    const value = attributes[name];
    if (value !== undefined) return value;
    for (const key in attributes) if (key.endsWith(name) && key.at(-name.length - 1) === ':') return attributes[key];
    return undefined;
  };
}
