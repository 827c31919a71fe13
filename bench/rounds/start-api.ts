import { join } from 'node:path';
import { createDemoTokens } from '#api/auth/demo-tokens.ts';
import { readOrCreatePrivateKey } from '#stack/private-key.ts';
import { TIER, type BenchStudio } from '../bench-studio.ts';
import { startProgram, type Program } from './start-program.ts';

/** Far above what a round sends: the limiters count every request and refuse none. */
const LIMIT_PER_MINUTE = '1000000';

export interface StartedApi extends Program {
  /** Of each of the studio's users, by subject. */
  readonly tokens: ReadonlyMap<string, string>;
}

/** Starts the API as a process of its own, with tokens for the studio's users. @param env further variables */
export async function startApi(studio: BenchStudio, env: Readonly<Record<string, string>> = {}): Promise<StartedApi> {
  const keyFile = join(studio.stack.dataDir, 'keys', 'bench-auth.pem');
  const issuer = createDemoTokens(await readOrCreatePrivateKey(keyFile, 'es256'));
  const api = await startProgram(studio, {
    name: 'api',
    program: 'api/server.ts',
    portVariable: 'API_PORT',
    env: {
      DEMO_SIGN_IN: 'on',
      AUTH_PRIVATE_KEY_FILE: keyFile,
      RATE_LIMIT_PER_MINUTE: LIMIT_PER_MINUTE,
      UPLOAD_LIMIT_PER_MINUTE: LIMIT_PER_MINUTE,
      DRAIN_MS: '0',
      INTERNAL_PORT: '0',
      ...env,
    },
  });
  const tokens = new Map<string, string>();
  for (const { subject } of studio.users) tokens.set(subject, await issuer.forUser({ sub: subject, tier: TIER }));
  return { ...api, tokens };
}
