import { Router } from 'express';
import { createOpenApiDocument } from '../../contract/openapi.ts';
import { contextOf } from '../request-context.ts';
import { DOCS_CONTENT_SECURITY_POLICY, renderDocs } from './docs-page.ts';

/** It changes with a release only; five minutes later every reader has the new one. */
const CACHE_CONTROL = 'public, max-age=300';

/** /openapi.json, and /docs: the same for people, without scripts or anything from another host. */
export function openApiRoutes(): Router {
  const document = createOpenApiDocument();
  const page = renderDocs(document);
  const router = Router();
  router.get('/openapi.json', (_req, res) => {
    contextOf(res).route = '/openapi.json';
    res.set('Cache-Control', CACHE_CONTROL).json(document);
  });
  router.get('/docs', (_req, res) => {
    contextOf(res).route = '/docs';
    res.set('Cache-Control', CACHE_CONTROL).set('Content-Security-Policy', DOCS_CONTENT_SECURITY_POLICY);
    res.type('html').send(page);
  });
  return router;
}
