import { expect, it } from 'vitest';
import { signCdnUrl } from './cdn-url.ts';

const KEY = { name: 'my-key', secret: 'nZtRohdNF9m3cKM24IcK4w==' };
const EXPIRES = new Date(1_549_751_401_000);

// The test vectors of Google's own samples.
it.each([
  ['http://35.186.234.33/index.html', '?', 'CRFqQnVfFyiUyR63OQf-HRUpIwc='],
  ['http://www.example.com/', '?', 'OqDUFfHpN5Vxga6r80bhsgxKves='],
  ['http://www.example.com/some/path?some=query&another=param', '&', '9Q9TCxSju8-W5nUkk5CuTrun2_o='],
])('signCdnUrl signs %s as Cloud CDN expects', (url, separator, signature) => {
  const expected = `${url}${separator}Expires=1549751401&KeyName=my-key&Signature=${signature}`;
  expect(signCdnUrl(url, KEY, EXPIRES)).toBe(expected);
});
