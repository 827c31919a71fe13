import { createHash } from 'node:crypto';

/** Everything is loaded from this origin: no fonts, search, agent or proxy of Scalar's. */
const CONFIGURATION = {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  persistAuth: false,
  documentDownloadType: 'direct',
};

/** A problem's type is `/docs#problem-<code>`; Scalar has one heading for all of them. */
const START = `if (location.hash.startsWith('#problem-')) location.hash = '#description/problems';
Scalar.createApiReference('#docs', ${JSON.stringify(CONFIGURATION)});`;

/**
 * This is the only page of the API that runs scripts: Scalar's file, and the inline statements that start it, by their hash. Styles can't
 * be listed in advance, because Scalar writes them into the page.
 */
export const DOCS_CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash('sha256').update(START).digest('base64')}'`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The OpenAPI document as a web page, rendered by Scalar. */
export const DOCS_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Avatar Studio API</title>
    <link rel="icon" href="data:," />
  </head>
  <body>
    <div id="docs"></div>
    <noscript>This page needs JavaScript. The OpenAPI document: <a href="/openapi.json">openapi.json</a></noscript>
    <script src="/docs/scalar.js"></script>
    <script>${START}</script>
  </body>
</html>
`;
