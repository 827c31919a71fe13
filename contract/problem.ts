import { z } from 'zod';
import { PROMPT_RULES } from '#domain/moderation/prompt-rules.ts';

/** Every problem code of the API, with its status and title. */
export const PROBLEMS = {
  validation_failed: { status: 400, title: 'The request is not valid' },
  unauthorized: { status: 401, title: 'Authentication required' },
  insufficient_credits: { status: 402, title: 'Not enough credits' },
  forbidden: { status: 403, title: 'Not allowed' },
  account_blocked: { status: 403, title: 'This account is blocked' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Not possible in this state' },
  account_erased: { status: 409, title: 'This account was erased' },
  payload_too_large: { status: 413, title: 'Too large' },
  unsupported_media: { status: 415, title: 'Unsupported content type' },
  idempotency_mismatch: { status: 422, title: 'This Idempotency-Key was used for another request' },
  prompt_not_allowed: { status: 422, title: 'The prompt is not allowed' },
  image_rejected: { status: 422, title: 'The image was refused' },
  rate_limited: { status: 429, title: 'Too many requests' },
  daily_limit: { status: 429, title: 'Daily limit reached' },
  hourly_limit: { status: 429, title: 'Hourly limit reached' },
  too_many_pending: { status: 429, title: 'Too many unfinished generations' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;
/** What a request that starts generations can be refused for. */
export const ADMISSION_PROBLEMS = [
  'conflict',
  'prompt_not_allowed',
  'insufficient_credits',
  'daily_limit',
  'hourly_limit',
  'too_many_pending',
] as const satisfies readonly ProblemCode[];

const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

/** On a 5xx: resources that may exist, because a statement may have committed although its reply was lost. */
const mayExist = {
  generationId:
    'The request may have been accepted: read GET /generations/{id}. If it does not exist ten minutes later, it costs nothing',
  batchId:
    'The request may have been accepted: read GET /batches/{id}. If it does not exist ten minutes later, it costs nothing',
  uploadId:
    'The upload may have been stored. Send it again with the same Idempotency-Key, or do nothing: it is free and expires after a day',
  projectId: 'The project may have been created. GET /projects/{id} shows whether it was',
  presetId: 'The preset may have been created. GET /presets/{id} shows whether it was',
  reference: 'The top-up may have been recorded. Send it again with the same reference: it is recorded only once',
} as const;
/** One of them, with its value. */
export type MayExist = { readonly [Name in keyof typeof mayExist]?: string };

const optionalId = (description: string) =>
  z
    .string()
    .optional()
    .meta({ description: `On a 5xx. ${description}` });

const refusedTerm = { path: z.string(), term: z.string() };

/** What is wrong with one field. */
const fieldError = z.object({
  path: z.string(),
  message: z.string(),
  term: z
    .string()
    .optional()
    .meta({ description: 'With `prompt_not_allowed`: the refused words of the field, as they were written' }),
  companion: z
    .object(refusedTerm)
    .optional()
    .meta({ description: 'With `prompt_not_allowed`: words that are allowed, but not together with the term' }),
});

/** RFC 9457 problem details. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    code: z.enum(PROBLEM_CODES),
    requestId: z.string(),
    errors: z.array(fieldError).optional(),
    rule: z
      .enum(PROMPT_RULES)
      .optional()
      .meta({ description: 'With `prompt_not_allowed`: the rule that the prompt breaks' }),
    required: z.number().int().optional().meta({ description: 'Price of the request, in credits' }),
    available: z.number().int().optional().meta({ description: 'Credits that can be spent' }),
    generationId: optionalId(mayExist.generationId),
    batchId: optionalId(mayExist.batchId),
    uploadId: optionalId(mayExist.uploadId),
    projectId: optionalId(mayExist.projectId),
    presetId: optionalId(mayExist.presetId),
    reference: optionalId(mayExist.reference),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
