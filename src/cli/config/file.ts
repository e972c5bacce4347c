import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { type JsonPlace, placesIn } from './places.ts';

/** The name under which settings are found. */
export const CONFIG_FILE = 'clv.config.json';

/** A file of settings as it stands. */
export interface ConfigFile {
  readonly file: string;
  /** Its members, unchecked. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly places: ReadonlyMap<string, JsonPlace>;
}

/**
 * The settings that are asked for by name, or those nearest upward from a folder.
 * @param asked the file, `none`, or undefined where nobody says
 * @returns null where there are none
 * @throws ClvError E163 a file that cannot be read, or is no JSON object
 */
export function readConfig(asked: string | undefined, folder: string): ConfigFile | null {
  const file = asked === undefined ? upward(folder) : asked === 'none' ? null : asked;
  if (file === null) return null;
  const text = textOf(file);
  let members: unknown;
  try {
    members = JSON.parse(text);
  } catch (error) {
    throw new ClvError('E163', variant('E163', 'no JSON', { detail: (error as Error).message }), { file });
  }
  if (members === null || typeof members !== 'object' || Array.isArray(members))
    throw new ClvError('E163', variant('E163', 'no object'), { file });
  return { file, members: members as ConfigFile['members'], places: placesIn(text, file) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const detail = code === 'ENOENT' ? 'there is no such file' : (code ?? String(error));
    throw new ClvError('E163', variant('E163', 'unreadable', { detail }), { file });
  }
}

function upward(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, CONFIG_FILE);
    if (existsSync(file)) return file;
    if (dirname(at) === at) return null;
  }
}
