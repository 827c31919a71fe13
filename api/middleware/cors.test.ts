import express from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cors } from './cors.ts';

let server: Server;
let address: string;

beforeAll(async () => {
  const app = express();
  app.use(cors('http://web.test'));
  app.get('/', (_req, res) => void res.json({}));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.close();
});

describe('cors', () => {
  it('lets the configured page read responses', async () => {
    const { headers } = await fetch(address, { headers: { Origin: 'http://web.test' } });
    expect(headers.get('Access-Control-Allow-Origin')).toBe('http://web.test');
    expect(headers.get('Access-Control-Expose-Headers')).toContain('Idempotent-Replayed');
  });

  it('answers the preflight request of the configured page', async () => {
    const request = { method: 'OPTIONS', headers: { Origin: 'http://web.test' } };
    const { status, headers } = await fetch(address, request);
    expect(status).toBe(204);
    expect(headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key');
  });

  it.each(['http://web.test.evil.example', 'null', 'https://web.test'])(
    'allows nothing to a page of %s',
    async (Origin) => {
      const { headers } = await fetch(address, { headers: { Origin } });
      expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
      expect(headers.get('Vary')).toContain('Origin');
    },
  );
});
