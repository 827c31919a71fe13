/** The emulator responds immediately; the storage adapter handles real outages. */
const REQUEST_TIMEOUT_MS = 5_000;
const HTTP_CONFLICT = 409;

/**
 * Creates a bucket in a GCS emulator if it does not exist.
 *
 * @param endpoint such as `http://127.0.0.1:4443`.
 * @throws Error with the emulator's response when it refuses.
 */
export async function ensureBucket(endpoint: string, bucket: string): Promise<void> {
  const found = await fetch(`${endpoint}/storage/v1/b/${encodeURIComponent(bucket)}`, {
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  await found.body?.cancel();
  if (found.ok) return;
  const created = await fetch(`${endpoint}/storage/v1/b?project=avatar-studio`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: bucket }),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const body = await created.text();
  if (!created.ok && created.status !== HTTP_CONFLICT) {
    throw new Error(`the GCS emulator at ${endpoint} did not create bucket "${bucket}": ${created.status} ${body}`);
  }
}
