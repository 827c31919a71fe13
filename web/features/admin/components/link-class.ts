/** A link inside running text. */
export const LINK_CLASS =
  'underline decoration-edge underline-offset-3 hover:decoration-ink pointer-coarse:inline-flex pointer-coarse:min-h-11 pointer-coarse:items-center';
