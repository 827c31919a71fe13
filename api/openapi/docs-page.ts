import { createHash } from 'node:crypto';

/** Everything from this origin: no fonts, search, agent or proxy of the maker's. */
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

/** A problem's type is `/docs#problem-<code>`; the reader has one heading for all of them. */
const START = `if (location.hash.startsWith('#problem-')) location.hash = '#description/problems';
Scalar.createApiReference('#docs', ${JSON.stringify(CONFIGURATION)});`;

/**
 * The one page that runs a script: its own file, and the statement that starts it, by its hash. Styles are the one thing that can't
 * be named beforehand, since the reader writes them into the page.
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

/** The OpenAPI document for people, drawn by Scalar. */
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
    <noscript>This page needs JavaScript. The same as a document: <a href="/openapi.json">openapi.json</a></noscript>
    <script src="/docs/scalar.js"></script>
    <script>${START}</script>
  </body>
</html>
`;
