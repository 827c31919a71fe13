import { z } from 'zod';
import { UNDELIVERABLE } from './undeliverable-image.ts';

/** For a fault that lasts for a whole test. */
export const ALWAYS = 1_000_000;

const matching = {
  /** How many calls or predictions it affects. */
  times: z.number().int().positive().default(1),
  /** Affects only calls or predictions whose prompt contains this. */
  promptIncludes: z.string().optional(),
};

/** What may go wrong with one call. `*_after_accept`: the prediction is created and paid, but the reply is lost. */
const callFault = z.strictObject({
  on: z.enum(['create', 'get', 'result', 'list', 'cancel', 'output', 'account', 'keys']),
  fault: z.enum([
    'rate_limited',
    'server_error',
    'auth',
    'no_funds',
    'invalid_input',
    'hang',
    'hang_after_accept',
    'reset',
    'reset_after_accept',
    'torn_reply',
    'server_error_after_accept',
    'slow',
  ]),
  retryAfterS: z.number().positive().default(1),
  /** Accounts with a low balance get it in the body or only in text, others in the header. */
  retryAfterIn: z.enum(['header', 'body', 'text']).default('header'),
  /** For `slow`: the delay of the reply. */
  ms: z.number().nonnegative().default(1_000),
  ...matching,
});

/** What may go wrong with one prediction after it was accepted. */
const predictionFault = z.strictObject({
  on: z.literal('prediction'),
  fault: z.enum([
    'failed',
    'nsfw',
    'empty',
    ...UNDELIVERABLE,
    'oversized',
    'deleted',
    'file_late',
    'slow',
    'stuck',
    'never_starts',
    'unlisted',
    'foreign_output',
  ]),
  /** `slow`: how long it runs; `file_late`, `unlisted`: how long the file or the list entry is missing. */
  ms: z.number().nonnegative().default(2_000),
  error: z.string().default('CUDA out of memory'),
  ...matching,
});

/** What may go wrong with the callback when a prediction has ended. */
const webhookFault = z.strictObject({
  on: z.literal('webhook'),
  /** `forged`: signed with another key. `misaddressed`: sent to the address of the attempt in `attempt`. */
  fault: z.enum(['lost', 'late', 'repeated', 'forged', 'misaddressed']),
  /** For `late`. */
  ms: z.number().nonnegative().default(2_000),
  attempt: z.uuid().optional(),
  ...matching,
});

export const faultSchema = z.discriminatedUnion('on', [callFault, predictionFault, webhookFault]);
export type Fault = z.infer<typeof faultSchema>;
export type FaultScript = z.input<typeof faultSchema>;
export type CallFault = z.infer<typeof callFault>;
export type PredictionFault = z.infer<typeof predictionFault>;
export type WebhookFault = z.infer<typeof webhookFault>;
export type Call = CallFault['on'];
