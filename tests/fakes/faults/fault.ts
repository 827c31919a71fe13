import { z } from 'zod';

/** A fault that must last for a whole test. */
export const ALWAYS = 1_000_000;

const which = {
  /** How many calls or predictions it befalls. */
  times: z.number().int().positive().default(1),
  /** Only those whose prompt contains this. */
  promptIncludes: z.string().optional(),
};

/** What may go wrong with one call. `*_after_accept`: the prediction is made and paid, the reply is lost. */
const callFault = z.strictObject({
  on: z.enum(['create', 'get', 'result', 'list', 'cancel', 'output', 'account']),
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
  /** Accounts low on money get it in the body, others in the header, some only in words. */
  retryAfterIn: z.enum(['header', 'body', 'words']).default('header'),
  /** For `slow`: how late the answer is. */
  ms: z.number().nonnegative().default(1_000),
  ...which,
});

/** What may go wrong with one prediction after it was accepted. */
const predictionFault = z.strictObject({
  on: z.literal('prediction'),
  fault: z.enum([
    'failed',
    'nsfw',
    'empty',
    'corrupt',
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
  ...which,
});

export const faultSchema = z.discriminatedUnion('on', [callFault, predictionFault]);
export type Fault = z.infer<typeof faultSchema>;
export type FaultScript = z.input<typeof faultSchema>;
export type CallFault = z.infer<typeof callFault>;
export type PredictionFault = z.infer<typeof predictionFault>;
export type Call = CallFault['on'];
