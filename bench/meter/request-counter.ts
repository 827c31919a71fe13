import { createServer } from 'node:http';
import { isMainThread } from 'node:worker_threads';
import { LOOPBACK } from '#stack/ports.ts';
import { countRequests } from '#tests/support/count-requests.ts';

/**
 * Preloaded (`node --import`) into the processes under measurement: counts their bucket calls and answers with the number. Counting in
 * a proxy would cost the process more than the call itself.
 */
const { GCS_ENDPOINT, BENCH_COUNTER_PORT } = process.env;
// Threads inherit the option.
if (isMainThread && GCS_ENDPOINT !== undefined && BENCH_COUNTER_PORT !== undefined) {
  const count = countRequests(GCS_ENDPOINT);
  createServer((_request, response) => void response.end(String(count())))
    .listen(Number(BENCH_COUNTER_PORT), LOOPBACK)
    .unref();
}
