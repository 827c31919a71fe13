import { expect, it } from 'vitest';
import { createProviders } from './create-providers.ts';

it('createProviders includes a provider only when its key is configured, and always the illustrator', () => {
  expect([...createProviders({}).keys()]).toEqual(['illustrator']);
  expect([...createProviders({ REPLICATE_API_TOKEN: 'r8_token' }).keys()]).toEqual(['replicate', 'illustrator']);
  const all = { REPLICATE_API_TOKEN: 'r8_token', FAL_KEY: 'key', HF_TOKEN: 'hf_token' };
  expect([...createProviders(all).keys()]).toEqual(['replicate', 'huggingface', 'fal', 'illustrator']);
});
