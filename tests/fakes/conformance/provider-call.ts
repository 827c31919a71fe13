import { ProviderFailure } from '#activities/providers/port.ts';

/** For calls that run to their end. */
export const NEVER_ABORTED = new AbortController().signal;

/**
 * The failure of a call that has to fail.
 *
 * @throws Error when the call succeeds, or fails with anything but a ProviderFailure
 */
export async function failureOf(call: Promise<unknown>): Promise<ProviderFailure> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderFailure)) throw new Error('It should have failed', { cause: error });
  return error;
}

/** For the look-up of a job that no callback has named. */
export const NO_CALLBACK = { calledBackJob: () => Promise.resolve(undefined) };
