import { config } from 'zod/v4/core';

/** Schemas would be compiled with `new Function`, which the page's policy forbids: each first try is a violation that browsers report. */
export function validateWithoutEval(): void {
  config({ jitless: true });
}
