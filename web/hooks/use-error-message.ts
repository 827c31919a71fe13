import { refusalMessage } from '#domain/generation/refusal-message.ts';
import { messageOf, RequestFailed } from '#web/http/request-failed.ts';
import { useNowAt } from './use-now-at.ts';

/** What to show for a failure; the message of a limit changes by itself when the limit ends. @param error null: there is none */
export function useErrorMessage(error: unknown): string | undefined {
  const limit = error instanceof RequestFailed ? error : undefined;
  const now = useNowAt(limit?.limitEndsAt?.toISOString() ?? null);
  if (error === null || error === undefined) return undefined;
  if (limit?.limitEndsAt && (limit.code === 'daily_limit' || limit.code === 'hourly_limit')) {
    return refusalMessage(limit.code, limit.limitEndsAt, now);
  }
  return messageOf(error);
}
