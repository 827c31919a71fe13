/** A kind of secret, and how its values look. */
interface SecretPattern {
  readonly kind: string;
  readonly pattern: RegExp;
}

/** Values that would open something; long enough that prose and short examples don't match. */
const SECRET_PATTERNS: readonly SecretPattern[] = [
  { kind: 'private key', pattern: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40,}/g },
  { kind: 'our API key', pattern: /\bavs_[A-Za-z0-9_-]{20,}/g },
  { kind: 'webhook secret', pattern: /\bwhsec_[A-Za-z0-9+/=]{24,}/g },
  { kind: 'Replicate token', pattern: /\br8_[A-Za-z0-9]{37,}/g },
  { kind: 'Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{34,}/g },
  { kind: 'fal key', pattern: /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}:[0-9a-f]{32}\b/g },
  { kind: 'Google service account key', pattern: /"private_key_id"\s*:\s*"[0-9a-f]{40}"/g },
  { kind: 'Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}/g },
  { kind: 'AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { kind: 'GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})/g },
  { kind: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*[A-Za-z0-9_-]{16,}/g },
  { kind: 'JSON Web Token', pattern: /\beyJ[A-Za-z0-9_-]{16,}\.eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g },
];

export interface FoundSecret {
  readonly kind: string;
  /** From 1. */
  readonly row: number;
  /** Its first characters only: a report must not spread it. */
  readonly start: string;
  readonly value: string;
}

const START_LENGTH = 12;

/** All values in a text that look like secrets. */
export function findSecrets(text: string): FoundSecret[] {
  return SECRET_PATTERNS.flatMap(({ kind, pattern }) =>
    [...text.matchAll(pattern)].map(({ 0: value, index }) => ({
      kind,
      row: text.slice(0, index).split('\n').length,
      start: value.slice(0, START_LENGTH),
      value,
    })),
  );
}
