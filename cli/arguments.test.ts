import { describe, expect, it } from 'vitest';
import { readArguments, UsageError } from './arguments.ts';

describe('the arguments of `npm run avatar`', () => {
  it('are parsed to a request of the contract', () => {
    const parsed = readArguments([
      '--prompt',
      '  a gardener ',
      '--style',
      'anime',
      '--seed',
      '7',
      '--out',
      'face.webp',
    ]);
    expect(parsed).toEqual({
      request: { sourceType: 'text_to_image', prompt: 'a gardener', style: 'anime', options: { seed: 7 } },
      preset: undefined,
      out: 'face.webp',
      project: 'From the terminal',
      user: 'alice',
      api: undefined,
    });
  });

  it('accept a preset instead of a prompt', () => {
    const parsed = readArguments(['--preset', 'Space Explorer', '--name', 'Zoë', '--user', 'bob']);
    expect(parsed?.request).toEqual({ sourceType: 'from_preset', name: 'Zoë' });
    expect(parsed).toMatchObject({ preset: 'Space Explorer', user: 'bob', out: 'avatar.webp' });
  });

  it('are ignored when --help is given', () => {
    expect(readArguments(['--help', '--style', 'none'])).toBeUndefined();
  });

  it.each([
    [[], /--prompt/],
    [['--prompt', ''], /--prompt: must have at least 1 character/],
    [['--prompt', 'x', '--style', 'baroque'], /--style must be one of photorealistic, anime/],
    [['--prompt', 'x', '--seed', '-1'], /--seed/],
    [['--prompt', 'x', '--seed', '1.5'], /--seed must be a whole number/],
    [['--prompt', 'x', '--seed', '4294967296'], /--seed/],
    [['--prompt', 'x', '--out', 'face.png'], /WebP/],
    [['--prompt', 'x', '--user', 'mallory'], /--user must be one of alice, bob, admin/],
    [['--prompt', 'x', '--api', 'localhost'], /--api/],
    [['--prompt', 'x', '--color', 'red'], /--color/],
    [['--prompt', 'x', 'face.webp'], /face\.webp/],
    [['--prompt', 'x'.repeat(1001)], /at most 1000 characters/],
  ])('are rejected with a message that says what to change: %j', (argv, message) => {
    expect(() => readArguments(argv)).toThrow(UsageError);
    expect(() => readArguments(argv)).toThrow(message);
  });
});
