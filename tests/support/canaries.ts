/** In the secrets, headers and personal fields that tests send. An ordinary word to moderation, and to no program. */
export const CANARY = 'kolibriwald';

/** What no log may contain, whoever has written it. */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  canary: new RegExp(`.{0,20}${CANARY}`, 'gi'),
  // The values that the helpers of the tests use by default.
  prompt: /lighthouse keeper in a yellow coat/gi,
  'avatar’s name': /Test avatar/g,
  'user’s name': /Test Person/g,
  subject: /test\|[0-9a-f]{12}/g,
  'provider key': /\b(?:r8|hf|fal)_fake\b/g,
  token: /\beyJ[\w-]{16,}\.eyJ[\w-]{16,}/g,
  'API key': /\bavs_[0-9A-Za-z]{38}\b/g,
  'link to an avatar': /\bshr_[\w-]{32}/g,
  'webhook secret': /\bwhsec_[\w+/-]{16,}/g,
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY/g,
  'signed address': /X-Goog-Signature=[0-9a-f]{16,}/g,
};
const SHOWN_LENGTH = 60;

/** What a text contains that must not be in a log, each kind once. @param secrets further ones, such as passwords and sent texts */
export function findCanaries(text: string, secrets: readonly string[] = []): string[] {
  const found = Object.entries(FORBIDDEN).flatMap(([kind, pattern]) => {
    const [first] = text.match(pattern) ?? [];
    return first === undefined ? [] : [`${kind}: ${first.slice(0, SHOWN_LENGTH)}`];
  });
  return [...found, ...secrets.filter((secret) => text.includes(secret)).map((secret) => `secret: ${secret}`)];
}
