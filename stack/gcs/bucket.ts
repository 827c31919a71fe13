/** The emulator responds immediately; the storage adapter handles real outages. */
const REQUEST_TIMEOUT_MS = 5_000;
const HTTP_CONFLICT = 409;

/**
 * Creates a bucket in a GCS emulator if it does not exist.
 *
 * @param endpoint such as `http://127.0.0.1:4443`.
 * @throws Error with the emulator's answer when it refuses.
 */
export async function ensureBucket(endpoint: string, bucket: string): Promise<void> {
  const found = await fetch(`${endpoint}/storage/v1/b/${encodeURIComponent(bucket)}`, {
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  await found.body?.cancel();
  if (found.ok) return;
  const made = await fetch(`${endpoint}/storage/v1/b?project=avatar-studio`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: bucket }),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const answer = await made.text();
  if (!made.ok && made.status !== HTTP_CONFLICT) {
    throw new Error(`the GCS emulator at ${endpoint} did not create bucket "${bucket}": ${made.status} ${answer}`);
  }
}
