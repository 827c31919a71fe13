/** The query parameter of the API's callback routes that names the attempt. */
const ATTEMPT = 'attempt';

/** The address that a provider calls when an attempt's job has ended. @param base of the callback route */
export function callbackAddress(base: string, attemptId: string): string {
  const address = new URL(base);
  address.searchParams.set(ATTEMPT, attemptId);
  return address.href;
}

/** The attempt that a callback address names. */
export function attemptOfAddress(address: string | null | undefined): string | undefined {
  return (address && URL.parse(address)?.searchParams.get(ATTEMPT)) || undefined;
}
