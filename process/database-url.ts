import { readFileSync } from 'node:fs';

/**
 * Adds the password from a file to the address of a database, so that it is in no environment. A password in the address wins.
 * @param file undefined: the address stays as it is
 * @throws Error when the file can't be read
 */
export function withPassword<Url extends string | undefined>(url: Url, file: string | undefined): Url {
  if (url === undefined || file === undefined || !URL.canParse(url)) return url;
  const address = new URL(url);
  if (address.password !== '') return url;
  address.password = encodeURIComponent(readFileSync(file, 'utf8').trim());
  return address.href as Url;
}
