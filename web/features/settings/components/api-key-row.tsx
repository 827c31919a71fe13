import { KeyRound, Trash2 } from 'lucide-react';
import { toast } from 'sonner';
import type { ApiKey } from '#contract/api-key.ts';
import { isolated } from '#domain/text/isolated.ts';
import { Button } from '#web/components/button.tsx';
import { formatMoment } from '#web/format/moment.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useRotateApiKey } from '../api/use-api-keys.ts';
import { SCOPE_LABELS } from '../labels.ts';

interface ApiKeyRowProps {
  readonly apiKey: ApiKey;
  /** Called with the new key after a rotation. */
  readonly onKey: (key: string) => void;
  readonly onRevoke: () => void;
}

/** One key: its name and start, what it may do, and when it was used. */
export function ApiKeyRow({ apiKey, onKey, onRevoke }: ApiKeyRowProps) {
  const rotate = useRotateApiKey();
  const { id, name, start, scopes, lastUsedAt, expiresAt } = apiKey;
  const showError = (error: Error) => void toast.error(messageOf(error));
  return (
    <li className="grid gap-2 border-t border-line py-3 first:border-t-0 first:pt-0">
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <bdi className="min-w-0 font-strong">{name}</bdi>
        <span className="mono text-13 text-ink-3">{start}…</span>
      </p>
      <ul className="text-13 leading-body text-ink-2">
        {scopes.map((scope) => (
          <li key={scope}>{SCOPE_LABELS[scope]}</li>
        ))}
      </ul>
      <p className="text-13 text-ink-3">
        {lastUsedAt ? `Last used ${formatMoment(lastUsedAt)}` : 'Never used'} · expires {formatMoment(expiresAt)}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          disabled={rotate.isPending}
          aria-label={`Rotate ${isolated(name)}`}
          onClick={() => rotate.mutate(id, { onSuccess: ({ key }) => onKey(key), onError: showError })}
        >
          <KeyRound size={16} strokeWidth={1.5} aria-hidden="true" /> Rotate
        </Button>
        <Button tone="bare" aria-label={`Revoke ${isolated(name)}`} onClick={onRevoke}>
          <Trash2 size={16} strokeWidth={1.5} aria-hidden="true" /> Revoke
        </Button>
      </div>
    </li>
  );
}
