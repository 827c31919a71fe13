import { createHash } from 'node:crypto';
import { Router, type Response } from 'express';
import { createOpenApiDocument } from '#contract/openapi.ts';
import { contextOf } from '../request-context.ts';
import { DOCS_CONTENT_SECURITY_POLICY, DOCS_PAGE } from './docs-page.ts';
import { loadScalarScript, type ScalarScript } from './scalar-script.ts';

/** The document changes only with a release; clients have the new one within five minutes. */
const CACHE_CONTROL = 'public, max-age=300';

/** Bytes that never change, with what Express would compute for each response: megabytes are hashed once. */
interface Unchanging {
  readonly bytes: Buffer;
  readonly etag: string;
}

/** /openapi.json, and /docs: the same as a web page, without anything from another host. */
export function openApiRoutes(): Router {
  const document = unchanging(Buffer.from(JSON.stringify(createOpenApiDocument())));
  const page = unchanging(Buffer.from(DOCS_PAGE));
  let script: Promise<Record<keyof ScalarScript, Unchanging>> | undefined;
  const router = Router();
  router.get('/openapi.json', (_req, res) => {
    contextOf(res).route = '/openapi.json';
    send(res.type('json'), document);
  });
  router.get('/docs', (_req, res) => {
    contextOf(res).route = '/docs';
    send(res.type('html').set('Content-Security-Policy', DOCS_CONTENT_SECURITY_POLICY), page);
  });
  router.get('/docs/scalar.js', async (req, res) => {
    contextOf(res).route = '/docs/scalar.js';
    // The script has 5 MB that most processes never need, so it is loaded at the first visit.
    script ??= loadScalarScript().then(({ plain, brotli }) => ({
      plain: unchanging(plain),
      brotli: unchanging(brotli),
    }));
    const { plain, brotli } = await script;
    res.type('js').vary('Accept-Encoding');
    if (req.acceptsEncodings('br') === 'br') send(res.set('Content-Encoding', 'br'), brotli);
    else send(res, plain);
  });
  return router;
}

function unchanging(bytes: Buffer): Unchanging {
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url')}"` };
}

function send(res: Response, { bytes, etag }: Unchanging): void {
  res.set('Cache-Control', CACHE_CONTROL).set('ETag', etag).send(bytes);
}
