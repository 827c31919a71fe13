import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import express, { type Express } from 'express';
import expressStaticGzip from 'express-static-gzip';
import { SHARED_PAGE_PATH } from '#domain/avatar/share.ts';
import { allowHosts } from '#process/allowed-hosts.ts';
import { apiProxy } from './api-proxy.ts';
import { forwardedHeaders } from './forwarded-headers.ts';
import { securityHeaders } from './security-headers.ts';

export interface WebAppDeps {
  /** The built page. */
  readonly distDir: string;
  readonly apiUrl: string;
  readonly imageOrigins: readonly string[];
  /** Origins of the identity provider; omitted when demo users sign in. */
  readonly signInOrigins?: readonly string[];
  /** False once the process is stopping. */
  readonly isReady?: () => boolean;
  /** Load balancers whose X-Forwarded-For is trusted; none by default. */
  readonly trustedProxies?: readonly string[];
  /** Host names of a demo besides loopback's; undefined: every one. */
  readonly allowedHosts?: readonly string[] | undefined;
}

const ASSETS = '/assets/';
const IMMUTABLE = 'public, max-age=31536000, immutable';
const REVALIDATE = 'no-cache';

/** The web server: serves built files, the page for every other path, and the proxy to the API. */
export function createWebApp({
  distDir,
  apiUrl,
  imageOrigins,
  signInOrigins = [],
  isReady = () => true,
  trustedProxies = [],
  allowedHosts,
}: WebAppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', [...trustedProxies]);
  app.use(allowHosts(allowedHosts));
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', (_request, response) => {
    response.status(isReady() ? 200 : 503).json({ status: isReady() ? 'ready' : 'stopping' });
  });
  app.use(forwardedHeaders(), apiProxy(apiUrl));
  // Links to shared avatars are for those who were given them.
  app.use(SHARED_PAGE_PATH, (_request, response, next) => {
    response.set('x-robots-tag', 'noindex, nofollow');
    next();
  });
  app.use(securityHeaders({ imageOrigins, signInOrigins }));
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
  // Assets of earlier builds no longer exist; serving the page instead would only fail later.
  app.use(ASSETS, (_request, response) => {
    response.status(404).set('cache-control', REVALIDATE).type('text').send('Not found');
  });
  app.get('/{*path}', (_request, response) => {
    response.set('cache-control', REVALIDATE).sendFile(join(distDir, 'index.html'));
  });
  return app;
}

/** Names of built assets contain a hash of their contents, so they never change; everything else is revalidated. */
function cacheFor(path: string): string {
  return path.startsWith(ASSETS) ? IMMUTABLE : REVALIDATE;
}
