import { describe, expect, it } from 'vitest';
import { RECENT_PROMPTS, recentPrompts } from './recent-prompts.ts';

describe('recent prompts', () => {
  it('are each listed once, at the position and in the spelling of the newest', () => {
    expect(recentPrompts(['A baker.', 'a smith', 'a baker', null, '', 'a knight'])).toEqual([
      'A baker.',
      'a smith',
      'a knight',
    ]);
  });

  it('of scripts without case are told apart', () => {
    expect(recentPrompts(['\u8001\u4eba', '\u5c11\u5973', '\u8001\u4eba'])).toHaveLength(2);
  });

  it('are no more than fit in a menu', () => {
    expect(recentPrompts(Array.from({ length: 30 }, (_, index) => `person ${index}`))).toHaveLength(RECENT_PROMPTS);
  });
});
