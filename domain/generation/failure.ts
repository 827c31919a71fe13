/**
 * Why a generation ended without an avatar: one list for the workflow, the database, the API and the page.
 * `retryable`: the same request may succeed later, unchanged.
 */
export interface FailureRule {
  /** What users read: on the card of the failed generation, in the notification, and in the API's reply. */
  readonly message: string;
  readonly retryable: boolean;
}

export const FAILURES = {
  providers_unavailable: { message: 'No provider could be reached. Try again in a few minutes.', retryable: true },
  prompt_rejected: { message: 'The provider refused this prompt. Reword it and try again.', retryable: false },
  image_rejected: {
    message: 'The content check rejected the image. Change the request and try again.',
    retryable: false,
  },
  invalid_request: {
    message: 'The provider could not process this request. Change it and try again.',
    retryable: false,
  },
  reference_gone: {
    message: 'The reference image has been deleted. Choose another one and try again.',
    retryable: false,
  },
  corrupt_image: { message: 'The image arrived damaged or blank. Try again.', retryable: true },
  storage_unavailable: { message: 'The image could not be saved. Try again in a few minutes.', retryable: true },
  deadline: { message: 'The generation took too long and was stopped. Try again.', retryable: true },
  interrupted: { message: 'The generation was interrupted. Try again.', retryable: true },
  admission_unavailable: {
    message: 'The generation could not be started. Try again in a few minutes.',
    retryable: true,
  },
  internal: { message: 'Something went wrong on our side. Try again.', retryable: true },
} as const satisfies Record<string, FailureRule>;

export type FailureCode = keyof typeof FAILURES;
export const FAILURE_CODES = Object.keys(FAILURES) as FailureCode[];

/** Why admission refused a request. Nothing is held; the same request may be admitted later. */
export const ADMISSION_REFUSALS = ['insufficient_credits', 'daily_limit', 'hourly_limit', 'too_many_pending'] as const;
export type AdmissionRefusal = (typeof ADMISSION_REFUSALS)[number];

export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(FAILURES, code);
}
