import { describe, expect, it } from 'vitest';
import { misspelledVariables } from './misspelled-variables.ts';

describe('misspelledVariables', () => {
  it.each([
    ['OIDC_ISUER', 'OIDC_ISSUER'],
    ['ODIC_ISSUER', 'OIDC_ISSUER'],
    ['OIDC_ISSUERS', 'OIDC_ISSUER'],
    ['oidc_issuer', 'OIDC_ISSUER'],
    ['OIDC-ISSUER', 'OIDC_ISSUER'],
    ['OIDC_ISSUER_URL', 'OIDC_ISSUER, OIDC_ORIGINS'],
    ['DEMO_SIGNIN', 'DEMO_SIGN_IN'],
    ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
    ['PROVIDER_BUDGET_USD', 'PROVIDER_BUDGET_USD_DAY'],
    ['HF_BUDGET_USD', 'HF_BUDGET_USD_DAY'],
    ['RATE_LIMIT_PER_MIN', 'RATE_LIMIT_PER_MINUTE'],
    ['REPLICATE_WEBHOOK_SECRETS', 'REPLICATE_WEBHOOK_SECRET'],
    ['FAL_TOKEN', 'FAL_KEY'],
    ['GCS_PRIVATE_KEY', 'GCS_PRIVATE_KEY_FILE'],
    ['WEBHOOKS_PRIVATE', 'WEBHOOKS_ALLOW_PRIVATE'],
    ['AUTH_PRIVATE_KEYFILE', 'AUTH_PRIVATE_KEY_FILE'],
    ['IMAGE_CHEKC', 'IMAGE_CHECK'],
    ['PUBLISHED_NO', 'PUBLISHED_ON'],
    ['WEB_URI', 'WEB_URL'],
  ])('reports %s as a misspelling of %s', (name, meant) => {
    const [reported, ...more] = misspelledVariables([name, 'PATH']);
    expect(more).toEqual([]);
    expect(reported?.startsWith(`${name}: `)).toBe(true);
    expect(reported).toContain(meant);
  });

  it.each([
    'OIDC_ISSUER',
    'PATH',
    'APP_URL',
    'POSTGRES_HOST',
    'HF_HOME',
    'LOGLEVEL',
    'API_SERVICE_HOST',
    'GOOGLE_CLOUD',
  ])('accepts %s', (name) => {
    expect(misspelledVariables([name])).toEqual([]);
  });

  it('accepts a similar foreign name when ours is set as well', () => {
    expect(misspelledVariables(['DATABASE_URL', 'DATABASE_URL2'])).toEqual([]);
  });
});
