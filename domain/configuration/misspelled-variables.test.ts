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

  it.each([
    // A letter exchanged with its neighbor, missing, doubled, replaced, or too many.
    ['WEB_RUL', 'WEB_URL'],
    ['WEB_UL', 'WEB_URL'],
    ['WEB_URLL', 'WEB_URL'],
    ['WEB_URX', 'WEB_URL'],
    ['XPUBLISHED_ON', 'PUBLISHED_ON'],
    ['UPBLISHED_ON', 'PUBLISHED_ON'],
  ])('says of %s that it may mean %s, and nothing else', (name, meant) => {
    expect(misspelledVariables([name])).toEqual([`${name}: unknown variable; did you mean ${meant}?`]);
  });

  it('lists the known variables of a prefix of ours, and a similar one if there is one', () => {
    const known = /^Known variables: OIDC_\w+(?:, OIDC_\w+)+$/u;
    expect(messageParts('OIDC_ISSUER_URL')).toEqual([
      'OIDC_ISSUER_URL: unknown variable',
      expect.stringMatching(known),
    ]);
    const [name, rest = ''] = messageParts('OIDC_ISUER');
    expect(name).toBe('OIDC_ISUER: unknown variable');
    expect(rest).toMatch(/^did you mean OIDC_ISSUER\? Known variables: OIDC_/u);
  });

  it.each(['WEB_LRU', 'WEB_URLXY', 'PBULISHED_ONX', 'WEB_U', 'XEB_URX'])(
    'accepts %s, two errors away from ours',
    (name) => {
      expect(misspelledVariables([name])).toEqual([]);
    },
  );

  it('accepts a similar foreign name when ours is set as well', () => {
    expect(misspelledVariables(['DATABASE_URL', 'DATABASE_URL2'])).toEqual([]);
  });
});

function messageParts(name: string): string[] {
  const [message = ''] = misspelledVariables([name]);
  return message.split('; ');
}
