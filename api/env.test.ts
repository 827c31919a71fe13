import { describe, expect, it } from 'vitest';
import { readEnvironment } from './env.ts';

const LEAST = { DATABASE_URL: 'postgres://x', GCS_BUCKET: 'b', AUTH_PRIVATE_KEY_FILE: 'k.pem' };

describe('the environment', () => {
  it('needs little, and fills in the rest', () => {
    expect(readEnvironment(LEAST)).toMatchObject({ API_HOST: '127.0.0.1', API_PORT: 8080, RATE_LIMIT_PER_MINUTE: 300 });
  });

  it('takes an empty variable for an unset one', () => {
    expect(readEnvironment({ ...LEAST, API_PORT: '', OIDC_ISSUER: '' })).toMatchObject({ API_PORT: 8080 });
  });

  it('reads the painters that workers have', () => {
    expect(readEnvironment({ ...LEAST, PROVIDERS: 'replicate, illustrator' }).PROVIDERS).toEqual([
      'replicate',
      'illustrator',
    ]);
  });

  it.each([
    ['DATABASE_URL', { DATABASE_URL: undefined }],
    ['API_PORT', { API_PORT: 'eighty' }],
    ['PROVIDERS', { PROVIDERS: 'midjourney' }],
    ['OIDC_ISSUER', { AUTH_PRIVATE_KEY_FILE: undefined }],
    ['OIDC_AUDIENCE', { OIDC_ISSUER: 'https://id.example' }],
    ['OIDC_SCOPE', { OIDC_SCOPE: 'profile' }],
    ['OIDC_AUDIENCE_PARAMETER', { OIDC_AUDIENCE_PARAMETER: 'aud' }],
    ['GCS_PRIVATE_KEY_FILE', { GCS_CLIENT_EMAIL: 'a@b' }],
  ])('names %s in one line when it is wrong', (name, wrong) => {
    const failing = () => readEnvironment({ ...LEAST, ...wrong });
    expect(failing).toThrow(name);
    expect(failing).not.toThrow(/\n/);
  });
});
