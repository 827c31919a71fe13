import { describe, expect, it } from 'vitest';
import { parseChange } from './change-listener.ts';

describe('parseChange', () => {
  it.each([
    ['generation', '{"id":"g","accountId":"a","version":3}', { channel: 'generation', id: 'g', accountId: 'a' }],
    ['notification', '{"id":"n","accountId":"a"}', { channel: 'notification', id: 'n', accountId: 'a' }],
    ['credits', '{"accountId":"a"}', { channel: 'credits', accountId: 'a' }],
  ])('parses a notification on channel %s', (channel, payload, change) => {
    expect(parseChange(channel, payload)).toEqual(change);
  });

  it.each([
    ['generation', '{"accountId":"a"}'],
    ['generation', 'null'],
    ['generation', 'not json'],
    ['credits', undefined],
    ['weather', '{"accountId":"a"}'],
    ['weather', '{"accountId":"a","channel":"credits"}'],
  ])('returns undefined on channel %s for the payload %s', (channel, payload) => {
    expect(parseChange(channel, payload)).toBeUndefined();
  });
});
