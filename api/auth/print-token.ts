import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDemoTokens } from './demo-tokens.ts';
import { readTokenRequest, USAGE, type TokenRequest } from './token-request.ts';

/** Prints the token that the command line requests. */
async function main(): Promise<void> {
  const request = readTokenRequest(process.argv.slice(2));
  if (request === 'help') return void process.stdout.write(USAGE);
  process.stdout.write(`${await sign(request)}\n`);
}

function sign(request: TokenRequest): Promise<string> {
  const { AUTH_PRIVATE_KEY_FILE, DATA_DIR } = process.env;
  const file = request.keyFile || AUTH_PRIVATE_KEY_FILE || join(DATA_DIR || '.data', 'keys', 'auth-es256.pem');
  const tokens = createDemoTokens(readKey(file));
  return request.kind === 'user'
    ? tokens.forUser(request.claims, request.lifetimeSeconds)
    : tokens.forService(request.claims, request.lifetimeSeconds);
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`There is no key in ${file}: run npm start to create one, or pass another file with --key`);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
