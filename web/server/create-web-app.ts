import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import express, { type Express } from 'express';
import expressStaticGzip from 'express-static-gzip';
import { apiProxy } from './api-proxy.ts';
import { forwardedHeaders } from './forwarded-headers.ts';
import { securityHeaders } from './security-headers.ts';

export interface WebAppDeps {
  /** The built page. */
  readonly distDir: string;
  readonly apiUrl: string;
  readonly imageOrigin: string;
  /** Of the identity provider; left out where demo users sign in. */
  readonly signInOrigins?: readonly string[];
  /** No longer once the process is stopping. */
  readonly isReady?: () => boolean;
  /** Load balancers whose word about the client's address is believed; nobody's where it is left out. */
  readonly trustedProxies?: readonly string[];
}

const ASSETS = '/assets/';
const CACHE_FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_EACH_TIME = 'no-cache';

/** The page's own web server: built files, the page itself for every other address, and the way to the API. */
export function createWebApp({
  distDir,
  apiUrl,
  imageOrigin,
  signInOrigins = [],
  isReady = () => true,
  trustedProxies = [],
}: WebAppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', [...trustedProxies]);
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', (_request, response) => {
    response.status(isReady() ? 200 : 503).json({ status: isReady() ? 'ready' : 'stopping' });
  });
  app.use(forwardedHeaders(), apiProxy(apiUrl));
  app.use(securityHeaders({ imageOrigin, signInOrigins }));
  app.use(
    expressStaticGzip(distDir, {
      enableBrotli: true,
      orderPreference: ['br', 'gz'],
      serveStatic: {
        setHeaders: (response: ServerResponse) =>
          response.setHeader('cache-control', cacheFor(response.req.url ?? '/')),
      },
    }),
  );
  // An asset of an earlier build is gone; the page in its place would only fail later and worse.
  app.use(ASSETS, (_request, response) => {
    response.status(404).set('cache-control', ASK_EACH_TIME).type('text').send('Not found');
  });
  app.get('/{*path}', (_request, response) => {
    response.set('cache-control', ASK_EACH_TIME).sendFile(join(distDir, 'index.html'));
  });
  return app;
}

/** Names of built assets carry a hash of what is in them, so they never change; all else is asked for again each time. */
function cacheFor(path: string): string {
  return path.startsWith(ASSETS) ? CACHE_FOR_EVER : ASK_EACH_TIME;
}
