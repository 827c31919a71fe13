import { expect, it } from 'vitest';
import { createProviders } from './create-providers.ts';

it('createProviders includes a provider only when its key is configured, and always the illustrator', () => {
  expect([...createProviders({}).keys()]).toEqual(['illustrator']);
  expect([...createProviders({ replicate: { token: 'r8_token' } }).keys()]).toEqual(['replicate', 'illustrator']);
  const all = { replicate: { token: 'r8_token' }, fal: { key: 'key' }, huggingface: { token: 'hf_token' } };
  expect([...createProviders(all).keys()]).toEqual(['replicate', 'fal', 'huggingface', 'illustrator']);
});
