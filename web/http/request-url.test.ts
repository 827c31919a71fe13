import { describe, expect, it } from 'vitest';
import { requestUrl } from './request-url.ts';

describe('the address of a request', () => {
  it('names what the path asks for, so that no id leads anywhere else', () => {
    expect(requestUrl('/avatars/{id}/usage', { id: 'a/../../admin?x#y' })).toBe(
      '/avatars/a%2F..%2F..%2Fadmin%3Fx%23y/usage',
    );
  });

  it('says what was asked in order, and leaves out what was not', () => {
    const query = { limit: 60, cursor: undefined, q: 'old mage', ageRange: '60+', trashed: false };
    expect(requestUrl('/avatars', {}, query)).toBe('/avatars?limit=60&q=old+mage&ageRange=60%2B&trashed=false');
    expect(requestUrl('/avatars', {}, { q: undefined })).toBe('/avatars');
  });

  it('is none while something of the path is missing', () => {
    expect(() => requestUrl('/avatars/{id}', { id: '' })).toThrow('/avatars/{id} needs id');
  });
});
