import { ProviderFailure } from '../port.ts';
import type { Prediction } from './prediction.ts';

const MODERATED = /nsfw|flagged as sensitive|safety (?:checker|filter|system)|content (?:policy|moderation)|\bE005\b/i;
/** The provider's message is for operators; its beginning is enough. */
const MAX_MESSAGE_LENGTH = 160;

/**
 * The failure of a prediction that ended without an image.
 *
 * @returns undefined while it runs, and when it succeeded
 */
export function predictionFailure(prediction: Prediction): ProviderFailure | undefined {
  switch (prediction.status) {
    case 'failed':
      return failed(prediction);
    case 'aborted':
      return new ProviderFailure('timeout', 'The prediction did not start before its deadline');
    case 'canceled':
      return reachedDeadline(prediction)
        ? new ProviderFailure('timeout', 'The prediction did not finish before its deadline')
        : new ProviderFailure('cancelled', 'The prediction was cancelled');
    default:
      return undefined;
  }
}

/** Whether an error or log was written by a content filter. A filter may return an empty output and give the reason only in the log. */
export function isModerated(text: string): boolean {
  return MODERATED.test(text);
}

function failed(prediction: Prediction): ProviderFailure {
  const message = withoutPrompt(String(prediction.error ?? 'no reason given'), prediction);
  if (isModerated(message)) return new ProviderFailure('moderated', message);
  return new ProviderFailure('transient', `The prediction failed: ${message}`);
}

/** Removes the user's prompt from a message that is stored in histories and logs, and in which it could look like a content filter's reply. */
function withoutPrompt(message: string, prediction: Prediction): string {
  const { prompt } = prediction.input;
  const redacted = typeof prompt === 'string' && prompt !== '' ? message.replaceAll(prompt, '[prompt]') : message;
  return redacted.length > MAX_MESSAGE_LENGTH ? `${redacted.slice(0, MAX_MESSAGE_LENGTH)}…` : redacted;
}

function reachedDeadline({ deadline, completed_at: completedAt }: Prediction): boolean {
  return deadline != null && completedAt != null && Date.parse(completedAt) >= Date.parse(deadline);
}
