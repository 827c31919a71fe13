import { useState } from 'react';
import { toast } from 'sonner';
import type { Avatar } from '#contract/avatar.ts';
import type { Share } from '#contract/share.ts';
import { SHARE_DAYS, SHARED_PAGE_PATH, SHARES_MAX, type ShareDays } from '#domain/avatar/share.ts';
import { Button } from '#web/components/button.tsx';
import { copyText } from '#web/components/copy-text.ts';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { FIELD_CLASS } from '#web/components/field.tsx';
import { FormError } from '#web/components/form-footer.tsx';
import { Segmented } from '#web/components/segmented.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { Toggle } from '#web/components/toggle.tsx';
import { counted } from '#web/format/count.ts';
import { formatMoment } from '#web/format/moment.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useCreateShare, useRevokeShare, useShares } from '../api/use-shares.ts';

const LIFETIMES = SHARE_DAYS.map((days) => ({ value: `${days}` as const, label: counted(days, 'day') }));
const DEFAULT_DAYS: ShareDays = 7;

interface ShareDialogProps {
  readonly avatar: Pick<Avatar, 'id' | 'name'>;
  readonly onClose: () => void;
}

/** Creates links to an avatar, and revokes them. A link's address is shown once, after it was created. */
export function ShareDialog({ avatar, onClose }: ShareDialogProps) {
  const shares = useShares(avatar.id);
  const create = useCreateShare(avatar.id);
  const [days, setDays] = useState<ShareDays>(DEFAULT_DAYS);
  const [showsName, setShowsName] = useState(false);
  const isFull = (shares.data?.data.length ?? 0) >= SHARES_MAX;
  return (
    <Sheet title="Share by a link" aside={avatar.name} open onClose={onClose}>
      <div className="grid gap-5 overflow-y-auto p-4 md:p-6">
        <p className="leading-body text-pretty text-ink-2">
          Whoever has the link sees the image and how it was made, without an account. Your projects, prompts and
          account stay private.
        </p>
        {create.data ? (
          <NewLink address={addressOf(create.data.token)} onAnother={create.reset} />
        ) : (
          <form
            className="grid justify-items-start gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              create.mutate({ days, showsName });
            }}
          >
            <span aria-hidden="true" className="text-13 font-strong">
              The link works for
            </span>
            <Segmented
              label="The link works for"
              options={LIFETIMES}
              value={`${days}`}
              onChange={(value) => setDays(Number(value) as ShareDays)}
            />
            <Toggle checked={showsName} onChange={setShowsName}>
              Show the avatar’s name
            </Toggle>
            <FormError error={create.error} />
            {isFull && (
              <p className="text-13 text-ink-3">
                An avatar has at most {SHARES_MAX} links. Revoke one to create another.
              </p>
            )}
            <Button type="submit" tone="go" size="large" disabled={create.isPending || isFull}>
              {create.isPending ? 'Creating link' : 'Create link'}
            </Button>
          </form>
        )}
        {shares.isError && <FailedRequest error={shares.error} onRetry={() => void shares.refetch()} />}
        {shares.data && shares.data.data.length > 0 && (
          <section className="grid gap-1">
            <h3 className="text-13 font-strong">Links that work now</h3>
            <ul aria-label="Links">
              {shares.data.data.map((share) => (
                <ShareRow key={share.id} avatarId={avatar.id} share={share} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </Sheet>
  );
}

function addressOf(token: string): string {
  return new URL(SHARED_PAGE_PATH + token, window.location.origin).href;
}

function NewLink({ address, onAnother }: { readonly address: string; readonly onAnother: () => void }) {
  return (
    <div className="grid gap-3">
      <p className="text-13 text-ink-3">Copy the link now: it is shown only once.</p>
      <textarea
        readOnly
        aria-label="Link"
        rows={2}
        spellCheck={false}
        value={address}
        onFocus={({ target }) => target.select()}
        className={`${FIELD_CLASS} resize-none font-mono text-13 break-all`}
      />
      <div className="flex flex-wrap gap-2">
        <Button tone="go" size="large" onClick={() => void copyText(address, 'Link copied')}>
          Copy link
        </Button>
        <Button size="large" onClick={onAnother}>
          Create another link
        </Button>
      </div>
    </div>
  );
}

function ShareRow({ avatarId, share }: { readonly avatarId: string; readonly share: Share }) {
  const revoke = useRevokeShare(avatarId);
  const { id, showsName, createdAt, expiresAt } = share;
  const created = formatMoment(createdAt);
  return (
    <li className="flex items-center justify-between gap-3 border-t border-line py-2 first:border-t-0">
      <p className="min-w-0 text-13">
        Ends {formatMoment(expiresAt)}
        <span className="block text-ink-3">
          Created {created} · {showsName ? 'with the name' : 'without the name'}
        </span>
      </p>
      <Button
        tone="bare"
        aria-label={`Revoke the link created ${created}`}
        disabled={revoke.isPending}
        onClick={() =>
          revoke.mutate(id, {
            onSuccess: () => void toast('The link no longer works'),
            onError: (error) => void toast.error(messageOf(error)),
          })
        }
      >
        Revoke
      </Button>
    </li>
  );
}
