import { Chalk } from 'chalk';
import type { Values, Warning } from '../../base/errors.ts';
import { filled, warningText } from '../../base/message-text.ts';
import { MESSAGES, type Message } from '../../base/messages.ts';

export interface TextOptions {
  readonly color: boolean;
}

/** A warning in the layout of an error. */
export function renderWarning(warning: Warning, options: TextOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const head = `${paint.yellow.bold(`clv: warning[${warning.code}]`)} ${warningText(warning)}`;
  return lines(head, ...remedyLines(MESSAGES[warning.code], warning.values));
}

export function lines(...parts: readonly string[]): string {
  return parts.map((line) => `${line}\n`).join('');
}

export function remedyLines(message: Message, values: Values): string[] {
  return message.remedy === '' ? [] : [`  remedy: ${filled(message.remedy, values)}`];
}
