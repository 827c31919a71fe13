import { expect, it } from 'vitest';
import { drawableText } from './drawable-text.ts';

it.each(['Zoë Müller', '🦊', '👩🏽‍🚀🇩🇪', '山田太郎 김철수 李明', 'क्षत्रिय प्रिया', 'שרה (Sarah) 42', 'አማርኛ', 'தமிழ்', 'ខ្មែរ'])(
  'has fonts of its own for all of %s',
  async (text) => {
    const { text: drawn, isComplete } = await drawableText(text);
    expect([drawn.replaceAll('\u200B', ''), isComplete]).toEqual([text, true]);
  },
);

it('lets Thai lines break between words', async () => {
  expect((await drawableText('สวัสดีชาวโลก')).text.split('\u200B').length).toBeGreaterThan(1);
});

it('draws plain letters for decorated ones, and says when it leaves characters out', async () => {
  expect(await drawableText('𝒥𝑜𝒽𝓃')).toEqual({ text: 'John', isComplete: true });
  expect(await drawableText('𓀀 Hi')).toEqual({ text: 'Hi', isComplete: false });
});

it('limits stacked marks, and removes what turns the text', async () => {
  expect((await drawableText(`q${'\u0316'.repeat(60)}`)).text).toBe(`q${'\u0316'.repeat(4)}`);
  expect((await drawableText('a\u202Eb')).text).toBe('ab');
});
