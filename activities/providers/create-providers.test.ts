import { expect, it } from 'vitest';
import { createProviders } from './create-providers.ts';

it('a provider that needs a key is there only when one is configured; the illustrator always is', () => {
  expect([...createProviders({}).keys()]).toEqual(['illustrator']);
  expect([...createProviders({ replicate: { token: 'r8_token' } }).keys()]).toEqual(['replicate', 'illustrator']);
  const all = { replicate: { token: 'r8_token' }, fal: { key: 'key' }, huggingface: { token: 'hf_token' } };
  expect([...createProviders(all).keys()]).toEqual(['replicate', 'fal', 'huggingface', 'illustrator']);
});
