import { describe, expect, it } from 'vitest';
import { requestUrl } from './request-url.ts';

describe('requestUrl', () => {
  it('encodes path parameters, so that an id cannot change the path', () => {
    expect(requestUrl('/avatars/{id}/usage', { id: 'a/../../admin?x#y' })).toBe(
      '/avatars/a%2F..%2F..%2Fadmin%3Fx%23y/usage',
    );
  });

  it('appends the query in order and omits undefined values', () => {
    const query = { limit: 60, cursor: undefined, q: 'old mage', ageRange: '60+', trashed: false };
    expect(requestUrl('/avatars', {}, query)).toBe('/avatars?limit=60&q=old+mage&ageRange=60%2B&trashed=false');
    expect(requestUrl('/avatars', {}, { q: undefined })).toBe('/avatars');
  });

  it('throws when a path parameter is missing', () => {
    expect(() => requestUrl('/avatars/{id}', { id: '' })).toThrow('/avatars/{id} needs id');
  });
});
