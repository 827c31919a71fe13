import { expect, it } from 'vitest';
import { createOpenApiDocument } from '#contract/openapi.ts';
import { lintOpenApi } from './lint.ts';

it('the OpenAPI document has nothing that Redocly would object to, warnings included', async () => {
  const findings = await lintOpenApi();
  expect(findings.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)).toEqual([]);
});

it('the linter does find what is wrong', async () => {
  const { info: _info, ...headless } = createOpenApiDocument();
  expect((await lintOpenApi(headless)).map(({ severity }) => severity)).toContain('error');
});
