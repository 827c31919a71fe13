import { describe, expect, it } from 'vitest';
import { readEnvironment } from './env.ts';

const REQUIRED = { DATABASE_URL: 'postgres://x', GCS_BUCKET: 'b', DEMO_SIGN_IN: 'on', AUTH_PRIVATE_KEY_FILE: 'k.pem' };
const PROVIDER = { OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'studio' };

describe('readEnvironment', () => {
  it('needs four variables and has defaults for the others', () => {
    expect(readEnvironment(REQUIRED)).toMatchObject({
      API_HOST: '127.0.0.1',
      API_PORT: 8080,
      RATE_LIMIT_PER_MINUTE: 300,
    });
  });

  it('treats an empty variable as unset', () => {
    expect(readEnvironment({ ...REQUIRED, API_PORT: '', OIDC_ISSUER: '' })).toMatchObject({ API_PORT: 8080 });
  });

  it('reads a list of providers', () => {
    expect(readEnvironment({ ...REQUIRED, PROVIDERS: 'replicate, illustrator' }).PROVIDERS).toEqual([
      'replicate',
      'illustrator',
    ]);
  });

  it.each([
    ['DATABASE_URL', { DATABASE_URL: undefined }],
    ['API_PORT', { API_PORT: 'eighty' }],
    ['PROVIDERS', { PROVIDERS: 'midjourney' }],
    ['AUTH_PRIVATE_KEY_FILE', { AUTH_PRIVATE_KEY_FILE: undefined }],
    ['OIDC_AUDIENCE', { OIDC_ISSUER: 'https://id.example' }],
    ['OIDC_ISUER', { OIDC_ISUER: 'https://id.example' }],
    ['REPLICATE_WEBHOOK_SECRET', { REPLICATE_WEBHOOK_SECRET: 'whsec_' }],
    ['REPLICATE_WEBHOOK_SECRET', { REPLICATE_WEBHOOK_SECRET: 'whsec_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'everybody' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'true' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.1, 0.0.0.0/0' }],
    ['OIDC_SCOPE', { OIDC_SCOPE: 'profile' }],
    ['OIDC_AUDIENCE_PARAMETER', { OIDC_AUDIENCE_PARAMETER: 'aud' }],
    ['GCS_PRIVATE_KEY_FILE', { GCS_CLIENT_EMAIL: 'a@b' }],
    ['CDN_BASE_URL', { CDN_BASE_URL: 'https://images.example' }],
    ['CDN_BASE_URL', { CDN_KEY_NAME: 'key-1', CDN_KEY_FILE: '/keys/cdn' }],
    ['CDN_BASE_URL', { CDN_BASE_URL: 'http://images.example', CDN_KEY_NAME: 'key-1', CDN_KEY_FILE: '/keys/cdn' }],
    ['CDN_KEY_NAME', { CDN_BASE_URL: 'https://images.example', CDN_KEY_NAME: 'a&b', CDN_KEY_FILE: '/keys/cdn' }],
  ])('names %s in a one-line message when it is wrong', (name, wrong) => {
    const failing = () => readEnvironment({ ...REQUIRED, ...wrong });
    expect(failing).toThrow(name);
    expect(failing).not.toThrow(/\n/);
  });
});

const PRODUCTION = { NODE_ENV: 'production', API_HOST: '0.0.0.0', DEMO_SIGN_IN: undefined };

describe('demo sign-in', () => {
  it.each([
    ['by default', { DEMO_SIGN_IN: undefined }],
    ['in production', { NODE_ENV: 'production' }],
    ['in production with an identity provider', { NODE_ENV: 'production', ...PROVIDER }],
    ['on every interface', { API_HOST: '0.0.0.0' }],
    ['on every interface of IPv6', { API_HOST: '::' }],
    ['on a public address', { API_HOST: '203.0.113.7' }],
    ['published on every interface', { API_HOST: '0.0.0.0', PUBLISHED_ON: '0.0.0.0' }],
    ['by a value other than on', { DEMO_SIGN_IN: 'true' }],
    ['with a misspelled issuer variable', { OIDC_ISSUER_URL: 'https://id.example' }],
  ])('is refused %s', (_how, env) => {
    expect(() => readEnvironment({ ...REQUIRED, ...env })).toThrow(/DEMO_SIGN_IN|OIDC_/);
  });

  it('is allowed on this machine, also in a container that is published on the loopback address', () => {
    expect(readEnvironment(REQUIRED).DEMO_SIGN_IN).toBe('on');
    expect(readEnvironment({ ...REQUIRED, API_HOST: '0.0.0.0', PUBLISHED_ON: '127.0.0.1' }).DEMO_SIGN_IN).toBe('on');
  });

  it('is not required with an identity provider', () => {
    const env = { ...REQUIRED, ...PROVIDER, ...PRODUCTION, SECRETS_KEY_FILE: '/keys/secrets.key' };
    expect(readEnvironment(env)).toMatchObject({ DEMO_SIGN_IN: 'off' });
  });
});

describe('in production', () => {
  it('needs a key for the secrets in the database', () => {
    expect(() => readEnvironment({ ...REQUIRED, ...PROVIDER, ...PRODUCTION })).toThrow(/SECRETS_KEY_FILE/);
  });
});
