/** Of a container's health check: `node ops/containers/check-health.ts URL` succeeds when the address answers 2xx. */
const TIMEOUT_MS = 4_000;

const [url = ''] = process.argv.slice(2);
const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
});
if (answer !== undefined && !answer.ok) console.error(`${url} answered ${answer.status}`);
process.exit(answer?.ok === true ? 0 : 1);
