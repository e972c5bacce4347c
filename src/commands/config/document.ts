import { listOf } from '../../data/lists.ts';
import type { Column, Report } from '../../data/report.ts';
import { heading } from '../../report/found.ts';
import { listView } from '../../report/views.ts';

/** A setting with its value: of a command, or of all (null). */
export interface Setting {
  readonly name: string;
  readonly command: string | null;
  readonly value: string | null;
  /** A file with the line, a variable, or default. */
  readonly origin: string;
}

export const SETTINGS: readonly Column[] = [
  { name: 'setting', kind: 'text' },
  { name: 'command', kind: 'text' },
  { name: 'value', kind: 'text' },
  { name: 'origin', kind: 'text' },
];

/** The report of `clv config`. @param showOrigin whether a person is told where each value comes from */
export function configReport(title: string, settings: readonly Setting[], showOrigin: boolean): Report {
  const rows = settings.map(({ name, command, value, origin }) => [name, command, value, origin]);
  const headings = { setting: 'Setting', command: 'Command', value: 'Value' };
  return {
    command: 'config',
    document: [...heading('config'), ['settings', listOf('settings', SETTINGS, rows)]],
    main: 'settings',
    views: [listView(title, 'settings', { ...headings, ...(showOrigin && { origin: 'From' }) })],
  };
}
