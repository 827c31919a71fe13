/**
 * Every connection is busy, and either none was released in time or too many callers wait already. Not retried: the caller has
 * waited as long as it may, and retries would only make the queue longer.
 */
export class PoolExhausted extends Error {
  override readonly name = 'PoolExhausted';
}
