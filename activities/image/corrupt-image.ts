/** Bytes that are no picture we can publish: damaged, of another format, or a bomb. Asking again for the same bytes is useless. */
export class CorruptImage extends Error {
  override readonly name = 'CorruptImage';
}
