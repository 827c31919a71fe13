import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problem } from '#contract/problem.ts';
import { createWebApp } from './create-web-app.ts';
import { precompress } from './precompress.ts';

const PAGE = '<!doctype html><title>Studio</title>';
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(2_000))});`;
/** More than the 256 connections of the proxy's own pool. */
const OPEN_STREAMS = 300;
let dir: string;
let api: Server;
let web: Server;
let withoutApi: Server;
let withIdentityProvider: Server;
let behindBalancer: Server;
let handle: (request: IncomingMessage, response: ServerResponse) => unknown;

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
async function listening(server: Server): Promise<Server> {
  if (!server.listening) await once(server, 'listening');
  return server;
}
const get = (path: string, init?: RequestInit) => fetch(`${urlOf(web)}${path}`, init);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'web-app-'));
  await mkdir(join(dir, 'assets'));
  await writeFile(join(dir, 'index.html'), PAGE);
  await writeFile(join(dir, 'assets', 'index-abc123.js'), SCRIPT);
  await precompress(dir);
  api = await listening(createServer((request, response) => handle(request, response)).listen(0, '127.0.0.1'));
  const closed = await listening(createServer().listen(0, '127.0.0.1'));
  const closedUrl = urlOf(closed);
  closed.close();
  const imageOrigins = ['http://images.test'];
  web = await listening(createWebApp({ distDir: dir, apiUrl: urlOf(api), imageOrigins }).listen(0, '127.0.0.1'));
  const signInOrigins = ['https://id.test'];
  withIdentityProvider = await listening(
    createWebApp({ distDir: dir, apiUrl: urlOf(api), imageOrigins, signInOrigins }).listen(0, '127.0.0.1'),
  );
  behindBalancer = await listening(
    createWebApp({ distDir: dir, apiUrl: urlOf(api), imageOrigins, trustedProxies: ['loopback'] }).listen(
      0,
      '127.0.0.1',
    ),
  );
  withoutApi = await listening(createWebApp({ distDir: dir, apiUrl: closedUrl, imageOrigins }).listen(0, '127.0.0.1'));
});
afterAll(async () => {
  for (const server of [api, web, withoutApi, withIdentityProvider, behindBalancer]) {
    server.close();
    server.closeAllConnections();
  }
  await rm(dir, { recursive: true });
});
beforeEach(() => {
  handle = (_request, response) => response.end('{}');
});

describe('the page server', () => {
  it.each(['/', '/projects', '/projects/1/new?from=2'])('is served at %s and revalidated each time', async (path) => {
    const response = await get(path);
    expect(await response.text()).toBe(PAGE);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('content-type')).toContain('text/html');
  });

  it('may run its own scripts and styles only, and show images from the image origin', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("img-src 'self' data: blob: http://images.test;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('may connect to and frame an identity provider only when one is configured', async () => {
    const without = (await get('/')).headers;
    expect(without.get('content-security-policy')).toContain("connect-src 'self';");
    expect(without.get('content-security-policy')).not.toContain('frame-src');
    expect(without.get('cross-origin-opener-policy')).toBe('same-origin');
    const page = (await fetch(`${urlOf(withIdentityProvider)}/`)).headers;
    expect(page.get('content-security-policy')).toContain("connect-src 'self' https://id.test;");
    expect(page.get('content-security-policy')).toContain("frame-src 'self' https://id.test;");
    expect(page.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const answer = (await fetch(`${urlOf(withIdentityProvider)}/signed-in.html`)).headers;
    expect(answer.get('content-security-policy')).toContain("frame-ancestors 'self'");
    expect(answer.get('content-security-policy')).not.toContain('id.test');
  });

  it('serves hashed files compressed and immutable', async () => {
    const response = await get('/assets/index-abc123.js', { headers: { 'accept-encoding': 'br' } });
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await response.text()).toBe(SCRIPT);
  });

  it('responds 404 to files of an earlier build instead of serving the page', async () => {
    const response = await get('/assets/index-old.js');
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it('keeps shared avatars out of search engines and their addresses out of referrers', async () => {
    const [shared, other] = await Promise.all(['/s/shr_x', '/settings'].map((path) => get(path)));
    expect(shared!.headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(shared!.headers.get('referrer-policy')).toBe('no-referrer');
    expect(other!.headers.has('x-robots-tag')).toBe(false);
  });

  it('has a liveness endpoint', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
  });
});

describe('the API proxy', () => {
  it('forwards requests unchanged', async () => {
    const seen: { method?: string; url?: string; authorization?: string; body: string }[] = [];
    handle = async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, authorization: headers.authorization ?? '', body });
      response
        .writeHead(202, { location: '/api/v1/generations/1', 'content-type': 'application/json' })
        .end('{"id":"1"}');
    };
    const response = await get('/api/v1/projects/1/generations?x=1', {
      method: 'POST',
      body: '{"prompt":"é"}',
      headers: { authorization: 'Bearer t' },
    });
    expect(seen).toEqual([
      { method: 'POST', url: '/api/v1/projects/1/generations?x=1', authorization: 'Bearer t', body: '{"prompt":"é"}' },
    ]);
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe('/api/v1/generations/1');
  });

  /** The headers the API receives for a request with these headers; `fetch` would not send all of them. */
  async function headersReceived(server: Server, headers: Record<string, string>): Promise<IncomingHttpHeaders> {
    let received: IncomingHttpHeaders = {};
    handle = (request, response) => {
      received = request.headers;
      response.end('{}');
    };
    const request = httpRequest(`${urlOf(server)}/api/v1/projects`, { headers }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
    return received;
  }

  it('forwards the address of the connection, whatever the client claims', async () => {
    const received = await headersReceived(web, {
      'X-Forwarded-For': '203.0.113.1, 203.0.113.2',
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Port': '443',
      'X-Forwarded-Prefix': '/evil',
      Forwarded: 'for=203.0.113.1',
      'X-Real-IP': '203.0.113.1',
      'True-Client-IP': '203.0.113.1',
      'CF-Connecting-IP': '203.0.113.1',
      'X-Request-Id': 'kept-as-it-is',
    });
    expect(received['x-forwarded-for']).toBe('127.0.0.1');
    expect(JSON.stringify(received)).not.toMatch(/203\.0\.113|evil/);
    expect(Object.keys(received).filter((name) => /forwarded|-ip$/.test(name))).toEqual(['x-forwarded-for']);
    expect(received['x-request-id']).toBe('kept-as-it-is');
  });

  it('drops hop-by-hop headers, and a client cannot remove the forwarded address', async () => {
    const received = await headersReceived(web, {
      Connection: 'keep-alive, X-Forwarded-For, X-Odd',
      'Keep-Alive': 'timeout=600',
      'Proxy-Authorization': 'Basic x',
      'X-Odd': 'for this hop',
    });
    expect(received).toMatchObject({ 'x-forwarded-for': '127.0.0.1', connection: 'close' });
    for (const name of ['keep-alive', 'proxy-authorization', 'x-odd']) expect(received).not.toHaveProperty(name);
  });

  it('trusts a configured load balancer, but only for the address it has seen itself', async () => {
    const balanced = await headersReceived(behindBalancer, {
      'X-Forwarded-For': '203.0.113.9, 198.51.100.7',
      'X-Real-IP': 'x',
    });
    expect(balanced['x-forwarded-for']).toBe('198.51.100.7');
    expect(balanced).not.toHaveProperty('x-real-ip');
  });

  it('streams events one by one and closes the upstream when the client disconnects', async () => {
    const left = new Promise<void>((resolve) => {
      handle = (request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: first\n\n');
        response.on('close', resolve);
        request.on('close', resolve);
      };
    });
    const leave = new AbortController();
    const response = await get('/api/v1/events', { signal: leave.signal });
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe('data: first\n\n');
    leave.abort();
    await left;
  });

  it('does not run out of upstream connections, however many streams are open', async () => {
    handle = (request, response) => {
      if (request.url !== '/api/v1/events') return response.end('{}');
      return response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n');
    };
    const leave = new AbortController();
    const streams = Array.from({ length: OPEN_STREAMS }, () => get('/api/v1/events', { signal: leave.signal }));
    await Promise.all(streams);
    expect((await get('/api/v1/projects')).status).toBe(200);
    leave.abort();
  });

  it('does not reuse connections that the API may be closing', async () => {
    const used = new WeakSet<Socket>();
    handle = ({ socket }, response) => {
      if (used.has(socket)) return socket.destroy();
      used.add(socket);
      return response.end('{}');
    };
    const requests = Array.from({ length: 3 }, () => () => get('/api/v1/projects', { method: 'POST', body: '{}' }));
    for (const send of requests) expect((await send()).status).toBe(200);
  });

  it('aborts a stream when the API does', async () => {
    handle = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
      setImmediate(() => response.destroy());
    };
    const response = await get('/api/v1/events');
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it.each(['/api/v1/projects', '/openapi.json', '/docs'])(
    'responds to %s with a problem while the API is unavailable',
    async (path) => {
      const response = await fetch(`${urlOf(withoutApi)}${path}`);
      expect(response.status).toBe(503);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.headers.get('retry-after')).toBe('2');
      expect(problem.parse(await response.json())).toMatchObject({ code: 'unavailable', instance: path });
    },
  );
});

describe('the web server of a demo', () => {
  it.each(['/', '/readyz', '/api/v1/projects'])('answers %s under its own address only', async (path) => {
    handle = (_request, response) => response.end('{}');
    const app = createWebApp({
      distDir: dir,
      apiUrl: urlOf(api),
      imageOrigins: ['https://images.test'],
      allowedHosts: [],
    });
    const demo = await listening(app.listen(0, '127.0.0.1'));
    const statusFor = async (host: string) => {
      const request = httpRequest(`${urlOf(demo)}${path}`, { headers: { host } }).end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    expect(await statusFor('localhost:3000')).toBe(200);
    expect(await statusFor('rebound.example:3000')).toBe(421);
    demo.close();
  });
});
