import { Validator } from '@seriousme/openapi-schema-validator';
import type { Router } from 'express';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '#contract/openapi.ts';
import { API_BASE, INTERNAL_BASE } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { testApi } from '#tests/api/test-api.ts';
import { parseIdempotencyKey } from '../middleware/idempotency-key.ts';

/** With all optional routes. */
const studio = testApi({
  replicateWebhookSecret: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
  falWebhook: { userId: 'fal-user' },
});
const BASES = new RegExp(`^(${API_BASE}|${INTERNAL_BASE})`);

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Record<string, boolean> };
  readonly handle: Partial<Router> & { readonly stack?: Layer[] };
}

/** Method and path (below its base) of every route of a router and its inner routers. */
function mountedRoutes(stack: Layer[]): { method: string; path: string }[] {
  return stack.flatMap(({ route, handle }) => {
    if (!route) return handle.stack ? mountedRoutes(handle.stack) : [];
    const methods = Object.keys(route.methods).filter((method) => method !== '_all' && method !== 'head');
    return methods.flatMap((method) => [route.path].flat().map((path) => ({ method, path })));
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

  it('describes exactly the mounted routes', () => {
    const { stack } = studio.api.internalApp.router as unknown as { stack: Layer[] };
    const documentRoutes = new Set(['/openapi.json', '/docs', '/docs/scalar.js']);
    const served = mountedRoutes(stack)
      .filter(({ path }) => !documentRoutes.has(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    const described = Object.entries(createOpenApiDocument().paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path.replace(BASES, '')}`),
    );
    expect(served.toSorted()).toEqual(described.toSorted());
    expect(served.length).toBeGreaterThan(Object.keys(ROUTES).length);
  });

  it('refers only to existing schemas', () => {
    const document = createOpenApiDocument();
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    const names = new Set([...references].map(([, name]) => name));
    expect(names.size).toBeGreaterThan(10);
    for (const name of names) expect(Object.keys(document.components.schemas)).toContain(name);
  });

  it('allows null where a field is nullable', () => {
    const { Generation } = createOpenApiDocument().components.schemas;
    const { failure } = Generation!['properties'] as Record<string, unknown>;
    expect(failure).toEqual({ anyOf: [{ $ref: '#/components/schemas/Failure' }, { type: 'null' }] });
  });

  it('lists the Idempotency-Key and the security schemes of a route', () => {
    const { paths } = createOpenApiDocument();
    const { post } = paths[`${API_BASE}/projects/{id}/generations`]!;
    expect(post?.['parameters']).toContainEqual({ $ref: '#/components/parameters/IdempotencyKey' });
    expect(paths[`${API_BASE}/sign-in-options`]!['get']).toMatchObject({ security: [] });
    expect(post?.['security']).toEqual([
      { user: ['generations:write'] },
      { service: ['generations:write'] },
      { service: ['generations:write'], onBehalfOf: [] },
    ]);
  });

  it('has a pattern for the Idempotency-Key that matches exactly what the API accepts', () => {
    const { parameters } = createOpenApiDocument().components;
    const { schema } = parameters!['IdempotencyKey'] as { schema: { pattern: string } };
    const pattern = new RegExp(schema.pattern, 'u');
    const arbitrary = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '"', '\\', ' ', '\u0007', 'é', '~'), maxLength: 12 }),
      fc.nat({ max: 300 }).map((length) => 'x'.repeat(length)),
    );
    fc.assert(
      fc.property(arbitrary, (key) => {
        // HTTP removes spaces around a header.
        const sent = key.trim();
        expect(pattern.test(sent)).toBe(isAccepted(sent));
      }),
      { numRuns: 2_000 },
    );
  });
});

function isAccepted(key: string): boolean {
  try {
    return parseIdempotencyKey(key) !== undefined;
  } catch {
    return false;
  }
}
