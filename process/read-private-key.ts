import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * @param variable name of the environment variable, for the error
 * @returns the key in PEM
 * @throws Error that names the variable when there is no key in the file
 */
export function readPrivateKey(variable: string, file: string): string {
  try {
    const pem = readFileSync(file, 'utf8');
    createPrivateKey(pem);
    return pem;
  } catch (cause) {
    throw new Error(`${variable}: ${file} contains no private key`, { cause });
  }
}
