import { Socket } from 'node:net';

/** Loopback by address or by name, and sockets that are files. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;

type Where = { readonly host?: string | null; readonly path?: string | null };

/** Where a call of `connect` goes: it takes options, (port, host) or a path, and within Node all of them as one list. */
function whereOf(args: readonly unknown[]): Where {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) return first;
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first };
  return typeof second === 'string' ? { host: second } : {};
}

/** No test may depend on what is elsewhere, or tell it anything: a connection to anything but this machine is an error. */
const connect = Socket.prototype.connect as (...args: unknown[]) => Socket;
Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
  const { host, path } = whereOf(args);
  if (!path && !LOOPBACK.test(host ?? 'localhost')) throw new Error(`a test connects to ${host}`);
  return connect.apply(this, args);
} as typeof connect;
