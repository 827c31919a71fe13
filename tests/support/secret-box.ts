import { createSecretBox } from '#process/secret-box.ts';

const KEY_BYTES = 32;

/** Seals webhooks' secrets in tests, where API and workers share it. */
export const testSecretBox = createSecretBox([Buffer.alloc(KEY_BYTES, 'a key for tests')]);
