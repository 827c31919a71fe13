import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { generateClient, GENERATED_FILE } from './generate-client.ts';

it('the generated API types match the OpenAPI document (otherwise: npm run generate:client)', async () => {
  expect(await readFile(GENERATED_FILE, 'utf8')).toBe(await generateClient());
});
