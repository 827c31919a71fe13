import { expect, it } from 'vitest';
import { readWorkerEnv } from './env.ts';

const REQUIRED = { DATABASE_URL: 'postgres://x', GCS_BUCKET: 'b' };

it('needs the keys of sealed secrets in production, where the API seals with them', () => {
  const production = { ...REQUIRED, NODE_ENV: 'production' };
  expect(() => readWorkerEnv(production)).toThrow(/SECRETS_KEY_FILE: is required in production/);
  expect(readWorkerEnv({ ...production, SECRETS_KEY_FILE: 'k' })).toMatchObject({ SECRETS_KEY_FILE: 'k' });
  expect(readWorkerEnv(REQUIRED).SECRETS_KEY_FILE).toBeUndefined();
});
