import { expect, it } from 'vitest';
import { createOpenApiDocument } from '#contract/openapi.ts';
import { lintOpenApi } from './lint.ts';

it('the OpenAPI document has no Redocly findings, warnings included', async () => {
  const findings = await lintOpenApi();
  expect(findings.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)).toEqual([]);
});

it('the OpenAPI linter reports a document without its info object', async () => {
  const { info: _info, ...headless } = createOpenApiDocument();
  expect((await lintOpenApi(headless)).map(({ severity }) => severity)).toContain('error');
});
