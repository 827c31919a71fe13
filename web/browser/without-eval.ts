/**
 * Schemas would be compiled with `new Function`, which the page's policy forbids: each first try is a violation that browsers report.
 * Where zod reads its settings is written without importing it, since the first load has no schemas.
 */
export function validateWithoutEval(): void {
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
}
