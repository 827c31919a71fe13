import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

describe('the web server’s environment', () => {
  it('defaults to local development', () => {
    expect(readEnv({})).toMatchObject({ host: '127.0.0.1', apiUrl: 'http://127.0.0.1:8080' });
  });

  it('reduces the image URL to its origin', () => {
    const env = readEnv({ IMAGE_ORIGIN: 'https://cdn.example/images?x=1' });
    expect(env.imageOrigins).toEqual(['https://cdn.example']);
  });

  it('reads images from the CDN, too, once there is one', () => {
    expect(readEnv({}).imageOrigins).toEqual(['https://storage.googleapis.com']);
    const { imageOrigins } = readEnv({ CDN_BASE_URL: 'https://images.example/studio/' });
    expect(imageOrigins).toEqual(['https://storage.googleapis.com', 'https://images.example']);
    expect(() => readEnv({ CDN_BASE_URL: 'http://images.example' })).toThrow('CDN_BASE_URL');
  });

  it('lists all origins of the identity provider', () => {
    const OIDC_ISSUER = 'https://id.example/realms/people';
    expect(readEnv({ OIDC_ISSUER }).signInOrigins).toEqual(['https://id.example']);
    expect(readEnv({ OIDC_ISSUER, OIDC_ORIGINS: 'https://login.example, https://id.example' }).signInOrigins).toEqual([
      'https://id.example',
      'https://login.example',
    ]);
    expect(readEnv({ OIDC_ISSUER: '', OIDC_ORIGINS: '' }).signInOrigins).toEqual([]);
  });

  it('lists all invalid variables in one message', () => {
    expect(() => readEnv({ WEB_PORT: '99999', API_URL: 'nowhere' })).toThrow(/^[^\n]*WEB_PORT:[^\n]*API_URL:[^\n]*$/u);
  });

  it('allows demo users on the loopback interface only', () => {
    expect(() => readEnv({ DEMO_SIGN_IN: 'on', WEB_HOST: '0.0.0.0' })).toThrow('DEMO_SIGN_IN');
    expect(() => readEnv({ DEMO_SIGN_IN: 'on', WEB_HOST: '0.0.0.0', PUBLISHED_ON: '0.0.0.0' })).toThrow('DEMO_SIGN_IN');
    expect(readEnv({ DEMO_SIGN_IN: 'on', WEB_HOST: '0.0.0.0', PUBLISHED_ON: '127.0.0.1' }).host).toBe('0.0.0.0');
    expect(readEnv({ WEB_HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
  });

  it('trusts configured load balancers only', () => {
    expect(readEnv({}).trustedProxies).toEqual([]);
    expect(readEnv({ TRUSTED_PROXIES: '10.1.2.3, 2001:db8::/32' }).trustedProxies).toEqual([
      '10.1.2.3',
      '2001:db8::/32',
    ]);
    expect(() => readEnv({ TRUSTED_PROXIES: '*' })).toThrow('TRUSTED_PROXIES');
  });

  it('rejects misspelled variables', () => {
    expect(() => readEnv({ OIDC_ISUER: 'https://id.example' })).toThrow('OIDC_ISSUER');
  });
});
