import { expect, it } from 'vitest';
import { outputUrls, prediction, predictionId } from './prediction.ts';

const DOCUMENTED = {
  id: 'gm3qorzdhgbfurvjtvhg6dckhu',
  model: 'replicate/hello-world',
  version: '5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa',
  input: { text: 'Alice' },
  logs: '',
  error: null,
  status: 'starting',
  created_at: '2023-09-08T16:19:34.765994657Z',
  urls: { get: 'https://api.replicate.com/v1/predictions/gm3qorzdhgbfurvjtvhg6dckhu' },
};

it('prediction parses the documented example, nanoseconds included', () => {
  const parsed = prediction.parse(DOCUMENTED);
  expect(parsed).toMatchObject({ status: 'starting', input: { text: 'Alice' } });
  expect(Date.parse(parsed.created_at)).toBe(Date.parse('2023-09-08T16:19:34.765Z'));
});

it('prediction parses a time with an offset and an unknown status', () => {
  const parsed = prediction.parse({ ...DOCUMENTED, created_at: '2023-09-08T16:19:34+00:00', status: 'queued' });
  expect(parsed.status).toBe('queued');
});

it.each(['', '../account', 'a/b', 'a?b', 'x'.repeat(65), 'a b'])('predictionId refuses %j', (id) => {
  expect(predictionId.safeParse(id).success).toBe(false);
});

it('outputUrls accepts a list, one URL, or none', () => {
  expect(outputUrls(['https://a', 'https://b'])).toEqual(['https://a', 'https://b']);
  expect(outputUrls('https://a')).toEqual(['https://a']);
  expect(outputUrls(null)).toEqual([]);
  expect(outputUrls({ image: 'https://a' })).toEqual([]);
});
