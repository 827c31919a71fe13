import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_LENGTH = 8;
const SEALED = /^v1\.(?<keyId>[0-9a-f]{8})\.(?<data>[\w-]+)$/;

/** Encrypts secrets that must be readable again, such as those that sign webhooks. */
export interface SecretBox {
  /** @param owner what the secret belongs to: it can't be opened as another one's */
  seal(secret: string, owner: string): string;
  /** Also returns what was stored before there was a key. @throws Error when no key here fits, or `owner` differs */
  open(stored: string, owner: string): string;
}

/** @param keys of 32 bytes: the first one seals, each opens what it has sealed. Without keys, secrets stay as they are */
export function createSecretBox(keys: readonly Buffer[]): SecretBox {
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));
  const [first] = keys;
  return {
    seal(secret, owner) {
      if (first === undefined) return secret;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, first, nonce).setAAD(Buffer.from(owner));
      const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${keyIdOf(first)}.${sealed.toString('base64url')}`;
    },
    open(stored, owner) {
      const { keyId, data } = SEALED.exec(stored)?.groups ?? {};
      if (keyId === undefined || data === undefined) return stored;
      const key = byId.get(keyId);
      if (key === undefined)
        throw new Error(`A secret was sealed with the key ${keyId}, which SECRETS_KEY_FILE does not contain`);
      const sealed = Buffer.from(data, 'base64url');
      const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(owner))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      return decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}

/** Names a key without revealing it. */
function keyIdOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, KEY_ID_LENGTH);
}

/**
 * Reads the keys of `SECRETS_KEY_FILE`: one a line, 32 bytes in base64, the newest first.
 * @throws Error with one line that names the variable
 */
export function readSecretBox(file: string | undefined): SecretBox {
  if (file === undefined) return createSecretBox([]);
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((each) => each.trim());
  const keys = lines.filter(Boolean).map((each) => Buffer.from(each, 'base64'));
  if (keys.length === 0 || keys.some(({ length }) => length !== KEY_BYTES)) {
    throw new Error(`SECRETS_KEY_FILE: each line of ${file} must be ${KEY_BYTES} bytes in base64`);
  }
  return createSecretBox(keys);
}

/** The content of a new key file. */
export function newSecretsKey(): string {
  return `${randomBytes(KEY_BYTES).toString('base64')}\n`;
}
