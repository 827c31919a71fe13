import { Validator } from '@seriousme/openapi-schema-validator';
import type { Router } from 'express';
import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '../../contract/openapi.ts';
import { API_BASE } from '../../contract/route.ts';
import { ROUTES } from '../../contract/routes.ts';
import { testApi } from '../../tests/api/test-api.ts';

const studio = testApi();

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Record<string, boolean> };
  readonly handle: Partial<Router> & { readonly stack?: Layer[] };
}

/** Method and path of everything that a router answers, its inner routers included. */
function mounted(stack: Layer[]): { method: string; path: string }[] {
  return stack.flatMap(({ route, handle }) => {
    if (!route) return handle.stack ? mounted(handle.stack) : [];
    const methods = Object.keys(route.methods).filter((method) => method !== '_all' && method !== 'head');
    return methods.map((method) => ({ method, path: route.path }));
  });
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const response = await fetch(`${studio.address}/openapi.json`);
    const document = (await response.json()) as Record<string, unknown>;
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(validator.version).toBe('3.1');
    expect(document).toEqual(createOpenApiDocument());
  });

  it('describes every mounted route of the API, and nothing that is not mounted', () => {
    const { stack } = studio.api.app.router as unknown as { stack: Layer[] };
    const atRoot = new Set(['/healthz', '/readyz', '/metrics', '/openapi.json', '/docs']);
    const served = mounted(stack)
      .filter(({ path }) => !atRoot.has(path))
      .map(({ method, path }) => `${method} ${API_BASE}${path.replace(/:(\w+)/g, '{$1}')}`);
    const described = Object.entries(createOpenApiDocument().paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(served.toSorted()).toEqual(described.toSorted());
    expect(served).toHaveLength(Object.keys(ROUTES).length);
  });

  it('refers only to schemas that it has', () => {
    const document = createOpenApiDocument();
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    const names = new Set([...references].map(([, name]) => name));
    expect(names.size).toBeGreaterThan(10);
    for (const name of names) expect(Object.keys(document.components.schemas)).toContain(name);
  });

  it('says where null is possible', () => {
    const { Generation } = createOpenApiDocument().components.schemas;
    const { failure } = Generation!['properties'] as Record<string, unknown>;
    expect(failure).toEqual({ anyOf: [{ $ref: '#/components/schemas/Failure' }, { type: 'null' }] });
  });

  it('names the key on every route that takes one, and who may come without a token', () => {
    const { paths } = createOpenApiDocument();
    const { post } = paths[`${API_BASE}/projects/{id}/generations`]!;
    expect(JSON.stringify(post)).toContain('Idempotency-Key');
    expect(paths[`${API_BASE}/sign-in-options`]!['get']).toMatchObject({ security: [] });
  });
});

describe('the page of it', () => {
  it('shows every operation and problem, and needs no other host and no script', async () => {
    const response = await fetch(`${studio.address}/docs`);
    const page = await response.text();
    for (const operationId of Object.keys(ROUTES)) expect(page).toContain(`id="${operationId}"`);
    expect(page).toContain('id="problem-insufficient_credits"');
    expect(page).not.toMatch(/<script|https?:\/\//);
    const policy = response.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('has no link that leads nowhere', async () => {
    const page = await (await fetch(`${studio.address}/docs`)).text();
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    expect(targets.length).toBeGreaterThan(20);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
  });
});
