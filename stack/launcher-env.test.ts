import { describe, expect, test } from 'vitest';
import { hasDemoUsers, readLauncherEnv } from './launcher-env.ts';

describe('demo users of the embedded stack', () => {
  test('exist unless an identity provider is configured or they are disabled', () => {
    expect(hasDemoUsers(readLauncherEnv({}))).toBe(true);
    expect(hasDemoUsers(readLauncherEnv({ OIDC_ISSUER: 'https://id.example', WEB_HOST: '0.0.0.0' }))).toBe(false);
    expect(hasDemoUsers(readLauncherEnv({ DEMO_SIGN_IN: 'off', NODE_ENV: 'production' }))).toBe(false);
  });

  test.each([{ NODE_ENV: 'production' }, { API_HOST: '0.0.0.0' }, { WEB_HOST: '0.0.0.0' }, { DEMO_SIGN_IN: 'yes' }])(
    'prevent the start with %j',
    (env) => {
      expect(() => readLauncherEnv(env)).toThrow('DEMO_SIGN_IN');
    },
  );

  test('prevent the start with a misspelled identity provider variable', () => {
    expect(() => readLauncherEnv({ OIDC_ISUER: 'https://id.example' })).toThrow('did you mean OIDC_ISSUER?');
  });
});
