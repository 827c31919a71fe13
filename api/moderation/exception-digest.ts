import { createHash } from 'node:crypto';
import type { Violation } from '#domain/moderation/moderate-prompt.ts';
import { folded } from '#domain/moderation/prompt-readings.ts';

/** Identifies what an admin may allow: a rule and the texts that break it together, regardless of case and accents. SHA-256, hexadecimal. */
export function digestOf({ rule, texts }: Pick<Violation, 'rule' | 'texts'>): string {
  const read = texts.map((text) => folded(text).trim()).toSorted();
  return createHash('sha256')
    .update(JSON.stringify([rule, read]))
    .digest('hex');
}
