import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '#tests/support/self-signed-certificate.ts';

/** AuthenticationOk and ReadyForQuery of PostgreSQL's protocol. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
let folder: string;
let ca: string;
let server: Server;
let port: number;

/** A server that speaks as much of PostgreSQL's protocol as a connection with TLS needs; its certificate is for `localhost`. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const { key, cert } = selfSignedCertificate('localhost');
  ca = join(folder, 'ca.pem');
  writeFileSync(ca, cert);
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('S');
      const encrypted = new TLSSocket(socket, { isServer: true, key, cert }).on('error', () => undefined);
      encrypted.once('data', () => encrypted.write(WELCOME));
    });
  }).listen(0, 'localhost');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function connect(parameters: string, host = 'localhost'): Promise<void> {
  const client = new Client({ connectionString: `postgres://a:b@${host}:${port}/x?${parameters}` });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } finally {
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }
}

describe('TLS to the database, configured by its address', () => {
  it('accepts a server whose certificate is of the configured authority and for its name', async () => {
    await expect(connect(`sslmode=verify-full&sslrootcert=${ca}`)).resolves.toBeUndefined();
  });

  it('refuses a certificate of an unknown authority', async () => {
    await expect(connect('sslmode=verify-full')).rejects.toThrow(/self-signed certificate/);
  });

  it('refuses a certificate for another name', async () => {
    const { address } = server.address() as AddressInfo;
    const host = address.includes(':') ? `[${address}]` : address;
    await expect(connect(`sslmode=verify-full&sslrootcert=${ca}`, host)).rejects.toThrow(/does not match/);
  });
});
