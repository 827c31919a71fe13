import { describe, expect, it } from 'vitest';
import { buildPrompt } from '#domain/prompt/prompt-builder.ts';
import { STYLES } from '#domain/prompt/style.ts';
import { readPrompt } from './read-prompt.ts';

const RED = '#b23a3c';
const YELLOW = '#dfb13f';
const read = (prompt: string) => {
  const { accessories, denied, ...slots } = readPrompt(prompt);
  return { ...slots, with: Object.fromEntries(accessories), without: [...denied] };
};

describe('a noun', () => {
  it.each([
    ['a man with a red cap', { hat: { kind: 'cap', color: RED } }],
    ['woman in a yellow raincoat', { gender: 1, garment: { kind: 'raincoat', color: YELLOW } }],
    ['a lady with a purple shawl', { with: { shawl: '#6a4aa0' } }],
    ["a chef's hat", { hat: { kind: 'toque', color: undefined } }],
    ["a firefighter's helmet", { hat: { kind: 'firehelmet' } }],
    ['an orange turban', { hat: { kind: 'turban', color: '#d4762f' } }],
    ['a tricorne', { hat: { kind: 'tricorne' } }],
    ["a witch's pointed hat", { hat: { kind: 'wizard' } }],
    ['a man smoking a pipe', { with: { pipe: undefined } }],
    ['a striped sweater', { garment: { kind: 'sweater' }, pattern: { kind: 'striped' } }],
    ['a bow tie', { with: { bowtie: undefined } }],
    ['a hat with a plume', { with: { plume: undefined } }],
    ['my grandfather', { gender: 0, age: 70 }],
    ['a postman', { gender: 0, occupation: 'postman' }],
    ['a scar on the cheek', { with: { scar: undefined } }],
  ])('is read in %s', (prompt, expected) => {
    expect(read(prompt)).toMatchObject(expected);
  });

  it.each([
    ['a red hat and a blue scarf', { hat: { color: RED }, with: { scarf: '#3a64b0' } }],
    ['green eyes, copper hair and a black beard', { eye: '#4d7a4f', hairColor: '#a65e3a', beardColor: '#1f1a17' }],
    ['hair dyed pink and a coat of crimson', { hairColor: '#ee8fb2', garment: { color: '#962236' } }],
    ['a red car behind a man in a yellow jacket', { garment: { color: YELLOW }, notDrawn: ['car'] }],
    ['a hat with a red band', { hat: { color: undefined } }],
    ['a red hat and cap', { hat: { color: RED } }],
    ['dressed in red', { clothColor: RED }],
    ['a red coat', { garment: { kind: 'overcoat', color: RED } }],
    ['glasses with black frames', { eyewear: { kind: 'glasses', color: '#26262d' } }],
    ['a man in a red gabbeh', { clothColor: RED, notDrawn: ['gabbeh'] }],
    ['a black woman', { skin: '#5a3828', gender: 1 }],
    ['a black knight', { clothColor: '#26262d' }],
    ['an angry dog and a happy woman', { expression: 'smile' }],
    ['an old coat', { age: undefined, garment: { kind: 'overcoat' } }],
    ['a sad clown', { occupation: 'clown', expression: 'sad' }],
    ['a japanese warrior', { occupation: 'samurai', epicanthic: true }],
    ['an old sea captain', { occupation: 'captain', age: 70 }],
    ['a mad scientist', { occupation: 'scientist', expression: undefined }],
    ['a red head scarf', { hat: { kind: 'headscarf', color: RED }, hairColor: undefined }],
    ['a viking shieldmaiden', { gender: 1, occupation: 'viking' }],
    ['a boy with a football', { notDrawn: ['football'] }],
    ['a tourist with a camera', { notDrawn: ['camera'] }],
    ['a tourist who looks at the camera', { notDrawn: [] }],
    ['a red head girl', { hairColor: '#a8391f', skin: undefined }],
  ])('has what is said of it, and nothing else has: %s', (prompt, expected) => {
    const unsaid = { age: undefined, expression: undefined, hairColor: undefined, skin: undefined };
    expect({ ...unsaid, ...read(prompt) }).toMatchObject(expected);
  });
});

describe('what is denied', () => {
  it.each([
    ['no beard', { beard: 'none' }],
    ['clean-shaven', { beard: 'none' }],
    ['beardless', { beard: 'none' }],
    ['without a hat or glasses', { hat: null, eyewear: null }],
    ["she isn't wearing earrings", { without: ['earring'] }],
    ['never without his red beret', { hat: { kind: 'beret' } }],
    ['hat: none, glasses: round', { hat: null, eyewear: { kind: 'glasses' } }],
    ['not smiling', { expression: 'calm' }],
    ['no hat but a red scarf', { hat: null, with: { scarf: RED } }],
  ])('is not there: %s', (prompt, expected) => {
    expect(read(prompt)).toMatchObject(expected);
  });

  it('is not there either in the words that the final prompt has for it', () => {
    const prompt = buildPrompt({ prompt: 'a chef, no hat, no beard, no glasses', style: 'photorealistic' });
    expect(read(prompt)).toMatchObject({ hat: null, beard: 'none', eyewear: null });
  });
});

describe('spelling', () => {
  it.each([
    ['a grey beard, colourful pyjamas', 'a gray beard, colorful pajamas'],
    ['a rain coat and a head scarf', 'a raincoat and a headscarf'],
    ['red-haired', 'red haired'],
    ['two plaits, a woolly hat', 'two braids, a wool hat'],
  ])('%s says what %s says', (one, other) => {
    expect(read(one)).toEqual(read(other));
  });
});

describe('ages', () => {
  it.each([
    ['a 35-year-old', 35],
    ['my dad, 52', 52],
    ['in her 60s', 68],
    ['over 60', 68],
    ['a woman in her forties', 44],
    ['the 1920s', undefined],
  ])('%s is %s', (prompt, age) => {
    expect(read(prompt).age).toBe(age);
  });
});

describe('what no drawing shows', () => {
  it('is reported in the words of the prompt', () => {
    expect(read('A knight holding a sword, with a dog, on a white horse').notDrawn).toEqual(['sword', 'dog', 'horse']);
  });

  it('does not include what is denied or what speaks of the image', () => {
    expect(read('no sword, a sharp portrait photograph with soft window light, 85mm lens').notDrawn).toEqual([]);
  });
});

it.each(STYLES)('the sentence of the style %s says nothing about the sitter', (style) => {
  const sitter = read(buildPrompt({ prompt: '', attributes: { gender: 'woman' }, style }));
  const set = { scene: sitter.scene, sceneColor: sitter.sceneColor, weather: sitter.weather };
  expect({ ...sitter, ...set }).toEqual({ ...set, gender: 1, notDrawn: [], with: {}, without: [] });
});
