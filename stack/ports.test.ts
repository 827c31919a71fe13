import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createPortChooser, isPortFree, LOOPBACK } from './ports.ts';

describe('choosing a port', () => {
  const servers: Server[] = [];
  const occupy = async (port: number): Promise<void> => {
    const server = createServer();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, LOOPBACK, resolve));
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });

  test('uses the preferred port while it is free, without a message', async () => {
    const messages: string[] = [];
    const chooser = createPortChooser((message) => messages.push(message));
    const free = await chooser.choose('a probe', 0);
    const other = createPortChooser((message) => messages.push(message));
    expect(await other.choose('the API', free)).toBe(free);
    expect(messages).toEqual([]);
  });

  test('uses another port and logs it when the preferred one is in use', async () => {
    const messages: string[] = [];
    const chooser = createPortChooser((message) => messages.push(message));
    const taken = await chooser.choose('a probe', 0);
    await occupy(taken);

    const chosen = await chooser.choose('the API', taken);

    expect(chosen).not.toBe(taken);
    expect(await isPortFree(chosen)).toBe(true);
    expect(messages).toEqual([`Port ${taken} for the API is in use by another program; using ${chosen} instead`]);
  });

  test('never gives the same port to two parts before either listens', async () => {
    const chooser = createPortChooser(() => undefined);
    const chosen = await Promise.all(Array.from({ length: 50 }, () => chooser.choose('a part', 0)));
    expect(new Set(chosen).size).toBe(50);
  });
});
