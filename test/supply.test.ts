import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}

/** The packages of a lockfile by their paths. */
function lockedBy(file: string): [string, Locked][] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as { packages: Record<string, Locked> };
  return Object.entries(packages).filter(([path]) => path !== '');
}

describe('the lockfile', () => {
  it('holds the bytes of every package, on every platform', () => {
    const locked = lockedBy('package-lock.json');
    expect(locked.length).toBeGreaterThan(300);
    const loose = locked.filter(([, { integrity = '' }]) => !/^sha512-[\w+/]{86}==$/.test(integrity));
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it.each(['package-lock.json', 'test/cluster/package-lock.json'])(
    'takes them from the registry, and none runs anything when it is installed, so that npm ci --ignore-scripts leaves out our build alone: %s',
    (file) => {
      const wrong = lockedBy(file).filter(
        ([, { resolved = 'https://registry.npmjs.org/', hasInstallScript }]) =>
          hasInstallScript || !resolved.startsWith('https://registry.npmjs.org/'),
      );
      expect(wrong.map(([path]) => path)).toEqual([]);
    },
  );
});

describe('tests', () => {
  it.each(['192.0.2.1', '2001:db8::1', 'example.invalid', '127.0.0.1.example.invalid'])(
    'connect to nothing but this machine: not to %s',
    (host) => {
      expect(() => connect(9, host)).toThrow(`a test connects to ${host}`);
      expect(() => connect({ host, port: 9 })).toThrow(`a test connects to ${host}`);
    },
  );

  it('do not by a package or by what asks for pages', async () => {
    expect(() => get('http://192.0.2.1/')).toThrow('a test connects to 192.0.2.1');
    await expect(fetch('http://192.0.2.1/')).rejects.toThrow();
  });

  it('nor by what asks for pages', async () => {
    expect(() => get('http://192.0.2.1/')).toThrow('a test connects to 192.0.2.1');
  });

  it('can talk to themselves', async () => {
    const server = createServer((socket) => socket.end('here'));
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const said = await new Promise((resolve) => connect(port, '127.0.0.1').on('data', (text) => resolve(String(text))));
    server.close();
    expect(said).toBe('here');
  });
});
