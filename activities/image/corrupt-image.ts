/** Bytes that are no image we can publish: damaged, of another format, or a bomb. Asking again for the same bytes is useless. */
export class CorruptImage extends Error {
  override readonly name = 'CorruptImage';
}
