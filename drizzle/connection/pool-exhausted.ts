/**
 * Every connection is busy, and either nobody gave one back in time or too many wait already. Not repeated by itself: the caller has
 * waited as long as it may, and more tries would only lengthen the line.
 */
export class PoolExhausted extends Error {
  override readonly name = 'PoolExhausted';
}
