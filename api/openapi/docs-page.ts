import { createHash } from 'node:crypto';
import { PROBLEMS } from '../../contract/problem.ts';
import type { OpenApiDocument } from '../../contract/openapi.ts';
import { html, raw, type Html } from './html.ts';
import { describeSchema } from './describe-schema.ts';
import { STYLE_SHEET } from './style-sheet.ts';

type Json = Record<string, unknown>;

/** The one inline style, by its hash: the page needs no script, no font, no other host. */
export const DOCS_CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE_SHEET).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The OpenAPI document as one page for people. */
export function renderDocs(document: OpenApiDocument): string {
  const { title, description } = document['info'] as { title: string; description: string };
  const tags = (document['tags'] as { name: string }[]).map(({ name }) => name);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} API</title>
        <style>
          ${raw(STYLE_SHEET)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title} API</h1>
          <p>${description}</p>
          <p>Machine-readable: <a href="/openapi.json">openapi.json</a></p>
          <nav>
            ${tags.map((tag) => html`<a href="#${tag}">${tag}</a>`)}<a href="#problems">Problems</a
            ><a href="#schemas">Schemas</a>
          </nav>
        </header>
        <main>
          ${tags.map(
            (tag) =>
              html`<section id="${tag}">
                <h2>${tag}</h2>
                ${operations.filter(({ operation }) => (operation['tags'] as string[]).includes(tag)).map(renderOperation)}
              </section>`,
          )}
          <section id="problems">
            <h2>Problems</h2>
            <p>Every 4xx and 5xx is application/problem+json (RFC 9457) with one of these codes.</p>
            <dl>
              ${Object.entries(PROBLEMS).map(
                ([code, { status, title: words }]) =>
                  html`<dt id="problem-${code}"><code>${code}</code> ${status}</dt>
                    <dd>${words}</dd>`,
              )}
            </dl>
          </section>
          <section id="schemas">
            <h2>Schemas</h2>
            ${Object.entries(document.components.schemas).map(
              ([name, schema]) =>
                html`<article id="schema-${name}">
                  <h3>${name}</h3>
                  ${describeSchema(schema)}
                </article>`,
            )}
          </section>
        </main>
      </body>
    </html>`;
  return page.text;
}

function renderOperation({ path, method, operation }: { path: string; method: string; operation: Json }): Html {
  const parameters = (operation['parameters'] ?? []) as { name: string; in: string; required: boolean; schema: Json }[];
  const body = contentSchema(operation['requestBody']);
  const responses = Object.entries(operation['responses'] as Record<string, Json>);
  return html`<article id="${String(operation['operationId'])}">
    <h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></h3>
    <p>${String(operation['summary'])}</p>
    ${operation['description'] ? html`<p class="quiet">${String(operation['description'])}</p>` : ''}
    ${
      parameters.length > 0
        ? html`<h4>Parameters</h4>
            <dl>
              ${parameters.map(
                (each) =>
                  html`<dt><code>${each.name}</code> in ${each.in}${each.required ? ', required' : ''}</dt>
                    <dd>${describeSchema(each.schema)}</dd>`,
              )}
            </dl>`
        : ''
    }
    ${
      body
        ? html`<h4>Body</h4>
            ${describeSchema(body)}`
        : ''
    }
    <h4>Answers</h4>
    <dl>
      ${responses.map(
        ([status, response]) =>
          html`<dt><code>${status}</code></dt>
            <dd>
              ${Number(status) < 400 ? describeSchema(contentSchema(response) ?? {}) : problemLinks(String(response['description']))}
            </dd>`,
      )}
    </dl>
  </article>`;
}

/** The codes of one status, each a link to what it means. */
function problemLinks(codes: string): Html {
  const links = codes
    .split(', ')
    .map((code, index) => html`${index > 0 ? ', ' : ''}<a href="#problem-${code}">${code}</a>`);
  return html`${links}`;
}

function contentSchema(holder: unknown): Json | undefined {
  const content = (holder as { content?: Record<string, { schema: Json }> } | undefined)?.content;
  return content && Object.values(content)[0]?.schema;
}
