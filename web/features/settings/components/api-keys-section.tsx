import { useRef, useState } from 'react';
import { toast } from 'sonner';
import type { ApiKey } from '#contract/api-key.ts';
import { isolated } from '#domain/text/isolated.ts';
import { Button } from '#web/components/button.tsx';
import { ConfirmDialog } from '#web/components/confirm-dialog.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { messageOf } from '#web/http/request-failed.ts';
import { useApiKeys, useRevokeApiKey } from '../api/use-api-keys.ts';
import { ApiKeyRow } from './api-key-row.tsx';
import { CreateApiKeyDialog } from './create-api-key-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { SettingsSection } from './settings-section.tsx';

type Open =
  | { readonly kind: 'create' }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'revoke'; readonly apiKey: ApiKey }
  | undefined;

/** The user's API keys. */
export function ApiKeysSection() {
  const query = useApiKeys();
  const revoke = useRevokeApiKey();
  const [open, setOpen] = useState<Open>();
  const createButton = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(undefined);
  const showKey = (key: string) => setOpen({ kind: 'key', key });
  return (
    <SettingsSection id="api-keys" title="API keys" note="For your own programs: each key can do only what you allow.">
      {query.isPending && (
        <div role="status" aria-label="Loading the API keys" className="h-24 max-w-xl rounded-control bg-sunken" />
      )}
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && query.data.data.length > 0 && (
        <ul aria-label="API keys" className="grid max-w-xl">
          {query.data.data.map((apiKey) => (
            <ApiKeyRow
              key={apiKey.id}
              apiKey={apiKey}
              onKey={showKey}
              onRevoke={() => setOpen({ kind: 'revoke', apiKey })}
            />
          ))}
        </ul>
      )}
      <Button ref={createButton} className="justify-self-start" onClick={() => setOpen({ kind: 'create' })}>
        Create API key
      </Button>
      {open?.kind === 'create' && <CreateApiKeyDialog onCreated={showKey} onClose={close} />}
      {open?.kind === 'key' && (
        <SecretDialog
          title="API key"
          purpose="Store it where your program can read it, and nowhere else."
          secret={open.key}
          onClose={close}
        />
      )}
      {open?.kind === 'revoke' && (
        <ConfirmDialog
          title="Revoke API key?"
          message={`Programs that use “${isolated(open.apiKey.name)}” stop working at once.`}
          action="Revoke key"
          onConfirm={() =>
            revoke.mutate(open.apiKey.id, {
              onSuccess: () => createButton.current?.focus(), // the row, which had the focus, is gone
              onError: (error) => void toast.error(messageOf(error)),
            })
          }
          onClose={close}
        />
      )}
    </SettingsSection>
  );
}
