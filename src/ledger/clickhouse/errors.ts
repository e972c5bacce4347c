import { ClickHouseError } from '@clickhouse/client';
import { ClvError } from '../../base/errors.ts';
import type { ErrorCode } from '../../base/messages.ts';
import type { Address } from './address.ts';

/** Codes of the server by what is said of them. */
const MEANINGS: readonly (readonly [ErrorCode, readonly number[]])[] = [
  ['E443', [192, 193, 194, 516]],
  ['E444', [47, 60, 81, 701]],
  ['E445', [164, 291, 497]],
  ['E447', [3, 32, 209, 210, 279, 425]],
  ['E448', [372, 373, 394]],
  ['E449', [158, 159, 160, 191, 201, 202, 241, 243, 307, 396]],
  ['E455', [46, 48, 62, 115, 344, 392, 452]],
];

/** What the client does not know for an error of the server: one of its files, its memory. */
const STANDARD = /^std::exception\. Code: (\d+)/;

/** Failures of the network, by the codes of Node. */
const NETWORK = /^(E[A-Z]+|[A-Z_]*CERT[A-Z_]*|ERR_TLS[A-Z_]*|HPE_[A-Z_]+|UNABLE_TO_[A-Z_]+)$/;

/** Certificates that are not trusted, are of another name, or of another time. */
const UNTRUSTED =
  /^(CERT_[A-Z_]+|DEPTH_ZERO_SELF_SIGNED_CERT|ERR_TLS_CERT_ALTNAME_INVALID|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_[A-Z_]+)$/;

/**
 * What went wrong with a server, as an error of ours: E442 to E449, E455, E456, E467. Our own errors and bugs pass.
 * @param answered whether the server has answered before
 */
export function told(error: unknown, { url, user }: Pick<Address, 'url' | 'user'>, answered: boolean): unknown {
  if (!(error instanceof Error) || error instanceof ClvError) return error;
  const values = { server: url, user, detail: detailOf(error) };
  if (error instanceof ClickHouseError) {
    const code = Number(error.code);
    if (isOurs(error)) return new ClvError('E448', values);
    const known = MEANINGS.find(([, codes]) => codes.includes(code));
    return new ClvError(known?.[0] ?? 'E456', { ...values, code });
  }
  const [, standard] = STANDARD.exec(error.message) ?? [];
  if (standard !== undefined) return new ClvError('E456', { ...values, code: Number(standard) });
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && UNTRUSTED.test(code)) return new ClvError('E467', values);
  if (!isOfNetwork(error.message, code)) return error;
  return new ClvError(answered ? 'E448' : 'E442', { ...values, detail: code ?? values.detail });
}

/** Our working tables have names without a database: one that is not there went with its session. */
function isOurs({ code, message }: ClickHouseError): boolean {
  return code === '60' && /identifier '\w+'/.test(message);
}

function isOfNetwork(message: string, code: string | undefined): boolean {
  if (code !== undefined) return NETWORK.test(code) && !code.startsWith('ERR_INVALID');
  return /timeout error|socket hang up|aborted|clickhouse-client program|the answer ended/i.test(message);
}

/** The first sentence or so, without what stands around it. */
function detailOf({ message }: Error): string {
  const line = message
    .split('\n')[0]!
    .replace(/^Code: \d+\. DB::Exception: /, '')
    .replace(/ \(version .*$/, '');
  const plain = line.replace(/(: [Ww]hile executing|\. Stack trace|\.? [Ii]n scope ).*$/, '').trim();
  return plain.length > 300 ? `${plain.slice(0, 300)} …` : plain;
}
