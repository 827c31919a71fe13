/** Health check of a container: `node ops/containers/check-health.ts URL` succeeds when the response has a 2xx status. */
const TIMEOUT_MS = 4_000;

const [url = ''] = process.argv.slice(2);
const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
});
if (response !== undefined && !response.ok) console.error(`${url} responded with ${response.status}`);
process.exit(response?.ok === true ? 0 : 1);
