import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

/** The first script of the page, which no Content-Security-Policy forbids. */
const FIRST_SCRIPT = '/theme.js';
const REPORTS = '/errors-of-the-page';

/** Runs in the page before any other script of it. */
const WATCH = `
{
  const report = (kind, text) => navigator.sendBeacon('${REPORTS}', kind + ': ' + text);
  const error = console.error;
  console.error = (...values) => {
    report('console', values.map((value) => value?.stack ?? String(value)).join(' '));
    error.apply(console, values);
  };
  addEventListener('error', ({ message, target }) => {
    // Firefox can't preload a module that has run already, and goes on with that. An import that fails is a rejection.
    if (target.rel === 'modulepreload') return;
    report('error', message ?? 'could not load ' + (target.currentSrc ?? target.src ?? target.href));
  }, true);
  addEventListener('unhandledrejection', ({ reason }) => report('rejection', reason?.stack ?? String(reason)));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    report('policy', violatedDirective + ' ' + blockedURI));
}
`;

/** A page whose errors are known, in browsers whose drivers don't tell them. */
export interface WatchedWeb {
  readonly url: string;
  /** Errors since the last call. */
  newErrors(): string[];
  close(): void;
}

/** Serves the page of `url`, which also reports each error and what it writes to the console as one. */
export async function watchErrors(url: string): Promise<WatchedWeb> {
  let errors: string[] = [];
  const app = express();
  app.post(REPORTS, express.text({ type: () => true }), (request, response) => {
    errors.push(String(request.body));
    response.status(204).end();
  });
  app.get(FIRST_SCRIPT, async (_request, response) => {
    const script = await (await fetch(`${url}${FIRST_SCRIPT}`)).text();
    response.type('text/javascript').send(`${WATCH}${script}`);
  });
  app.use(createProxyMiddleware({ target: url }));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    newErrors() {
      const found = errors;
      errors = [];
      return found;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
