import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecretBox, newSecretsKey, readSecretBox } from './secret-box.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';
const [older, newer] = [randomBytes(32), randomBytes(32)];

describe('a secret box', () => {
  it('seals so that the secret can’t be read, differently each time, and opens it again', () => {
    const box = createSecretBox([newer]);
    const [one, two] = [box.seal(SECRET, 'a'), box.seal(SECRET, 'a')];
    expect(one).not.toContain('whsec_');
    expect(one).not.toBe(two);
    expect(one.length).toBeLessThanOrEqual(200);
    expect([box.open(one, 'a'), box.open(two, 'a')]).toEqual([SECRET, SECRET]);
  });

  it('seals with the first key and opens with any', () => {
    const before = createSecretBox([older]).seal(SECRET, 'a');
    const rotated = createSecretBox([newer, older]);
    expect(rotated.open(before, 'a')).toBe(SECRET);
    const after = rotated.seal(SECRET, 'a');
    expect(createSecretBox([newer]).open(after, 'a')).toBe(SECRET);
    expect(() => createSecretBox([older]).open(after, 'a')).toThrow('SECRETS_KEY_FILE');
  });

  it('opens nothing for another owner, and nothing that was changed', () => {
    const box = createSecretBox([newer]);
    const sealed = box.seal(SECRET, 'a');
    expect(() => box.open(sealed, 'b')).toThrow('authenticate');
    const last = sealed.at(-2) === 'A' ? 'B' : 'A';
    expect(() => box.open(`${sealed.slice(0, -2)}${last}${sealed.at(-1)}`, 'a')).toThrow('authenticate');
  });

  it('returns what was stored before there was a key', () => {
    expect(createSecretBox([newer]).open(SECRET, 'a')).toBe(SECRET);
    expect(createSecretBox([]).seal(SECRET, 'a')).toBe(SECRET);
  });
});

describe('SECRETS_KEY_FILE', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'avatar-secrets-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('contains a key a line', async () => {
    const file = join(folder, 'keys');
    const first = newSecretsKey();
    await writeFile(file, first);
    const sealed = readSecretBox(file).seal(SECRET, 'a');
    await writeFile(file, newSecretsKey() + first);
    expect(readSecretBox(file).open(sealed, 'a')).toBe(SECRET);
  });

  it.each(['', 'short\n', `${'A'.repeat(44)}A\n`])('is refused with the content %j', async (content) => {
    const file = join(folder, 'wrong');
    await writeFile(file, content);
    expect(() => readSecretBox(file)).toThrow(/^SECRETS_KEY_FILE/);
  });
});
