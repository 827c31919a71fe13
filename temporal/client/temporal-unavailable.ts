/** Temporal did not respond in time or can't be reached; a later retry may succeed. */
export class TemporalUnavailable extends Error {
  override readonly name = 'TemporalUnavailable';
}
