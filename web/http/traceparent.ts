const [TRACE_ID_BYTES, SPAN_ID_BYTES] = [16, 8];

/**
 * Begins a trace (W3C Trace Context), which the API continues if it traces: so one id leads from a click to a provider. Our API decides
 * itself which traces it exports.
 */
export function newTraceparent(): string {
  return `00-${randomHex(TRACE_ID_BYTES)}-${randomHex(SPAN_ID_BYTES)}-01`;
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}
