import { z } from 'zod';
import { PROMPT_RULES } from '../domain/prompt-rules.ts';

/** Every code the API answers with, and its status and title: the one table. */
export const PROBLEMS = {
  validation_failed: { status: 400, title: 'The request is not valid' },
  unauthorized: { status: 401, title: 'Sign in first' },
  insufficient_credits: { status: 402, title: 'Not enough credits' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Not possible in this state' },
  payload_too_large: { status: 413, title: 'Too large' },
  unsupported_media: { status: 415, title: 'Unsupported content type' },
  idempotency_mismatch: { status: 422, title: 'This Idempotency-Key was used for another request' },
  prompt_rejected: { status: 422, title: 'The prompt was refused' },
  image_rejected: { status: 422, title: 'The image was refused' },
  rate_limited: { status: 429, title: 'Too many requests' },
  daily_limit: { status: 429, title: 'Daily limit reached' },
  too_many_pending: { status: 429, title: 'Too many unfinished generations' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;
const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

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
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    rule: z.enum(PROMPT_RULES).optional().meta({ description: 'Of prompt_rejected: what the words break' }),
    required: z.number().int().optional().meta({ description: 'Credits this would cost' }),
    available: z.number().int().optional().meta({ description: 'Credits there are' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
