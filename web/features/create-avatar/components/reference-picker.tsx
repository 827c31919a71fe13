import { ImagePlus } from 'lucide-react';
import { type ChangeEvent, useId, useRef } from 'react';
import { UPLOAD_ACCEPT } from '#domain/generation/upload-format.ts';
import { LoadMore } from '#web/components/load-more.tsx';
import { AvatarImage } from '#web/components/avatar-image.tsx';
import { useAvatar, useAvatars } from '#web/features/avatars/api/use-avatars.ts';
import { localUrlOf } from '../api/use-upload-reference.ts';
import { avatarReference, type DraftReference } from '../draft.ts';

interface ReferencePickerProps {
  readonly projectId: string;
  readonly value: DraftReference | null;
  readonly error: string | undefined;
  /** An image is being uploaded; the earlier choice stays until it has arrived. */
  readonly uploading: boolean;
  readonly disabled: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onChange: (reference: DraftReference) => void;
}

const TILE = 'relative block size-[76px] shrink-0 cursor-pointer rounded-control';

/** Chooses the reference image: one of the project's avatars, or an upload. */
export function ReferencePicker(props: ReferencePickerProps) {
  const { projectId, value, error, uploading, disabled, onFiles, onChange } = props;
  const name = useId();
  const query = useAvatars(projectId);
  const input = useRef<HTMLInputElement>(null);
  const onFile = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])];
    target.value = '';
    onFiles(files);
  };
  const avatars = (query.data?.pages ?? []).flatMap(({ data }) => data).filter(({ imageUrl }) => imageUrl !== null);
  const unlistedId = value?.kind === 'avatar' && !avatars.some(({ id }) => id === value.id) ? value.id : undefined;
  return (
    <div className="grid gap-1">
      <div
        role="radiogroup"
        aria-label="Reference image"
        aria-busy={query.isPending || uploading}
        className="flex max-h-64 flex-wrap gap-2 overflow-y-auto rounded-control border border-edge p-2"
      >
        <button
          type="button"
          onClick={() => input.current?.click()}
          disabled={uploading || disabled}
          className={`${TILE} grid place-items-center content-center gap-1 border border-dashed border-edge text-12 text-ink-2 hover:text-ink`}
        >
          <ImagePlus size={20} strokeWidth={1.5} aria-hidden="true" className="mx-auto" />
          {uploading ? 'Uploading' : 'Upload'}
        </button>
        <input ref={input} type="file" accept={UPLOAD_ACCEPT} hidden aria-label="Upload an image" onChange={onFile} />
        {value?.kind === 'upload' && (
          <Tile
            name={name}
            label="Your image"
            src={localUrlOf(value.id) ?? value.url ?? ''}
            placeholder={null}
            checked
            onPick={() => {}}
          />
        )}
        {unlistedId && <UnlistedAvatar name={name} avatarId={unlistedId} projectId={projectId} />}
        {avatars.map((avatar) => (
          <Tile
            key={avatar.id}
            name={name}
            label={avatar.name}
            src={avatar.thumbnailUrl}
            placeholder={avatar.placeholder}
            checked={value?.id === avatar.id}
            onPick={() => onChange(avatarReference(avatar))}
          />
        ))}
        <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
      </div>
      {error && (
        <p role="alert" className="text-13 text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

/** The chosen avatar when it is on none of the loaded pages. */
function UnlistedAvatar({ name, avatarId, projectId }: { name: string; avatarId: string; projectId: string }) {
  const { data } = useAvatar(projectId, avatarId);
  return (
    <Tile
      name={name}
      label={data?.name ?? 'The avatar'}
      src={data?.thumbnailUrl ?? ''}
      placeholder={data?.placeholder ?? null}
      checked
      onPick={() => {}}
    />
  );
}

interface TileProps {
  readonly name: string;
  readonly label: string;
  readonly src: string | null;
  readonly placeholder: string | null;
  readonly checked: boolean;
  readonly onPick: () => void;
}

function Tile({ name, label, src, placeholder, checked, onPick }: TileProps) {
  return (
    <label
      title={label}
      className={`${TILE} has-checked:outline-2 has-checked:outline-offset-1 has-checked:outline-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent`}
    >
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onPick}
        aria-label={label}
        className="absolute inset-0 z-1 cursor-pointer appearance-none outline-none"
      />
      {src ? (
        <AvatarImage src={src} placeholder={placeholder} alt="" className="size-full rounded-control" />
      ) : (
        <span className="block size-full rounded-control bg-well" />
      )}
    </label>
  );
}
