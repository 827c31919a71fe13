import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toast } from 'sonner';
import type { Avatar } from '#contract/avatar.ts';
import { isolated } from '#domain/text/isolated.ts';
import { Button } from '#web/components/button.tsx';
import { toastWithUndo } from '#web/components/undo-toast.ts';
import { useChangeAvatars } from '#web/features/avatars/api/use-change-avatars.ts';
import { useMarkAvatar } from '#web/features/avatars/api/use-mark-avatar.ts';
import { provenanceLabel, sourceLabel, styleLabel } from '#web/features/avatars/avatar-labels.ts';
import { AvatarActions, type AvatarDialogHref } from '#web/features/avatars/components/avatar-actions.tsx';
import { AvatarName } from '#web/features/avatars/components/avatar-name.tsx';
import { DownloadButton } from '#web/features/avatars/components/download-button.tsx';
import { FavoriteButton } from '#web/features/avatars/components/favorite-button.tsx';
import { RatingStars } from '#web/features/avatars/components/rating-stars.tsx';
import { useOfferedModes } from '#web/features/avatars/hooks/use-offered-modes.ts';
import { useMarkKeys } from '#web/features/avatars/hooks/use-mark-keys.ts';
import { buttonClass } from '#web/components/button-style.ts';
import { useCreatePreset } from '#web/features/presets/api/use-preset-changes.ts';
import { formatMoment } from '#web/format/moment.ts';
import { createIdempotencyKeys } from '#web/http/idempotency-key.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { keys } from '#web/query/keys.ts';

interface AvatarHeadProps {
  readonly avatar: Avatar;
  readonly dialogHref: AvatarDialogHref;
  /** The gallery that the avatar was opened from. */
  readonly galleryHref: string;
  readonly hasImage: boolean;
  readonly quiet: boolean;
}

/** The avatar's name, origin, and actions. */
export function AvatarHead({ avatar, dialogHref, galleryHref, hasImage, quiet }: AvatarHeadProps) {
  const provenance = provenanceLabel(avatar);
  const modes = useOfferedModes(avatar);
  const navigate = useNavigate();
  const client = useQueryClient();
  const change = useChangeAvatars();
  const preset = useCreatePreset();
  const mark = useMarkAvatar();
  useMarkKeys(() => avatar, mark);
  const [presetKeys] = useState(() => createIdempotencyKeys());
  const ids = [avatar.id];
  const onError = (error: Error) => void toast.error(messageOf(error));
  const refetch = () => client.invalidateQueries({ queryKey: keys.avatar(avatar.id) });

  const restore = () => change.mutateAsync({ action: 'restore', ids }).then(refetch);
  const trash = () =>
    change.mutate(
      { action: 'trash', ids },
      {
        onError,
        onSuccess: () => {
          toastWithUndo(`Moved “${isolated(avatar.name)}” to the trash.`, restore);
          void refetch();
          void navigate(galleryHref);
        },
      },
    );
  const saveAsPreset = () => {
    const body = { name: avatar.name, avatarId: avatar.id };
    preset.mutate(
      { body, key: presetKeys.keyFor(body) },
      {
        onError,
        onSuccess: ({ id, name }) => {
          presetKeys.settled();
          toast(`Saved “${isolated(name)}” to your presets.`, {
            action: { label: 'Edit', onClick: () => void navigate(`/presets/${id}/edit`) },
          });
        },
      },
    );
  };
  return (
    <div className="grid min-w-0 content-start gap-5">
      <div>
        <AvatarName key={avatar.id} avatar={avatar} />
        <p className="mt-1 text-ink-3">
          {[styleLabel(avatar), `from ${sourceLabel(avatar.sourceType)}`, `created ${formatMoment(avatar.createdAt)}`]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {provenance && <p className="mt-1 text-13 text-ink-3">{provenance}</p>}
        <div className="mt-2 -ml-2 flex items-center gap-2">
          <FavoriteButton
            name={avatar.name}
            favorite={avatar.favorite}
            onChange={(favorite) => mark(avatar, { favorite })}
            className={buttonClass({ tone: 'bare', icon: true })}
          />
          <RatingStars rating={avatar.rating} onChange={(rating) => mark(avatar, { rating })} />
        </div>
      </div>
      {avatar.takedownReason && (
        <p className="rounded-control bg-sunken px-3 py-2.5 text-ink-2">
          An administrator took this avatar down: <bdi>{avatar.takedownReason}</bdi>
        </p>
      )}
      {avatar.trashedAt === null ? (
        <AvatarActions
          dialogHref={dialogHref}
          modes={modes}
          quiet={quiet}
          hasImage={hasImage}
          savingPreset={preset.isPending}
          download={<DownloadButton avatar={avatar} />}
          onPreset={saveAsPreset}
          onTrash={trash}
        />
      ) : (
        <div role="status" className="flex flex-wrap items-center gap-3 text-ink-2">
          In the trash since {formatMoment(avatar.trashedAt)}.
          <Button tone={quiet ? 'plain' : 'go'} onClick={() => void restore().catch(onError)}>
            Restore
          </Button>
        </div>
      )}
    </div>
  );
}
