import { Router } from 'express';
import { createOpenApiDocument } from '#contract/openapi.ts';
import { contextOf } from '../request-context.ts';
import { DOCS_CONTENT_SECURITY_POLICY, DOCS_PAGE } from './docs-page.ts';
import { loadScalarScript, type ScalarScript } from './scalar-script.ts';

/** The document changes only with a release; clients have the new one within five minutes. */
const CACHE_CONTROL = 'public, max-age=300';

/** /openapi.json, and /docs: the same as a web page, without anything from another host. */
export function openApiRoutes(): Router {
  const document = createOpenApiDocument();
  let script: Promise<ScalarScript> | undefined;
  const router = Router();
  router.get('/openapi.json', (_req, res) => {
    contextOf(res).route = '/openapi.json';
    res.set('Cache-Control', CACHE_CONTROL).json(document);
  });
  router.get('/docs', (_req, res) => {
    contextOf(res).route = '/docs';
    res.set('Cache-Control', CACHE_CONTROL).set('Content-Security-Policy', DOCS_CONTENT_SECURITY_POLICY);
    res.type('html').send(DOCS_PAGE);
  });
  router.get('/docs/scalar.js', async (req, res) => {
    contextOf(res).route = '/docs/scalar.js';
    // The script has 5 MB that most processes never need, so it is loaded at the first visit.
    script ??= loadScalarScript();
    const { plain, brotli } = await script;
    res.set('Cache-Control', CACHE_CONTROL).type('js').vary('Accept-Encoding');
    if (req.acceptsEncodings('br') === 'br') res.set('Content-Encoding', 'br').send(brotli);
    else res.send(plain);
  });
  return router;
}
