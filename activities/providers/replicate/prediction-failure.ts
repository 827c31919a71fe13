import { ProviderFailure } from '../port.ts';
import type { Prediction } from './prediction.ts';

const MODERATED = /nsfw|flagged as sensitive|safety (?:checker|filter|system)|content (?:policy|moderation)|\bE005\b/i;
/** The provider's words are for operators; the first sentence is enough. */
const MESSAGE_MAX_LENGTH = 160;

/**
 * Why a prediction ended without an image.
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

/** A checker may also leave an empty list behind and say why only in the log. */
export function isModerated(text: string): boolean {
  return MODERATED.test(text);
}

function failed(prediction: Prediction): ProviderFailure {
  const message = withoutPrompt(String(prediction.error ?? 'no reason given'), prediction);
  if (isModerated(message)) return new ProviderFailure('moderated', message);
  return new ProviderFailure('transient', `The prediction failed: ${message}`);
}

/** What a person wrote stays out of messages, which travel into histories and logs; and it must not look like an outcome. */
function withoutPrompt(text: string, prediction: Prediction): string {
  const { prompt } = prediction.input;
  const message = typeof prompt === 'string' && prompt !== '' ? text.replaceAll(prompt, '[prompt]') : text;
  return message.length > MESSAGE_MAX_LENGTH ? `${message.slice(0, MESSAGE_MAX_LENGTH)}…` : message;
}

function reachedDeadline({ deadline, completed_at: completedAt }: Prediction): boolean {
  return deadline != null && completedAt != null && Date.parse(completedAt) >= Date.parse(deadline);
}
