import { PencilLine } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { Avatar } from '#contract/avatar.ts';
import { AVATAR_NAME_MAX_LENGTH } from '#domain/avatar/avatar-name.ts';
import { fits } from '#domain/text/characters.ts';
import { cleanText, isVisible } from '#domain/text/visible-text.ts';
import { Button } from '#web/components/button.tsx';
import { messageOf } from '#web/http/request-failed.ts';
import { useUpdateAvatar } from '../api/use-update-avatar.ts';

/** One toast, also when Enter and blur both save. */
const TOO_LONG = 'avatar-name-too-long';

/** The name, edited in place: Enter or blur saves it, Escape discards the change. */
export function AvatarName({ avatar }: { readonly avatar: Avatar }) {
  const [editing, setEditing] = useState(false);
  const update = useUpdateAvatar(avatar.id);
  const pencil = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (editing) {
      field.current?.focus();
      field.current?.select();
    }
    if (wasEditing.current && !editing && document.activeElement === document.body) pencil.current?.focus();
    wasEditing.current = editing;
  }, [editing]);

  const save = (text: string) => {
    const name = cleanText(text);
    if (!fits(name, AVATAR_NAME_MAX_LENGTH)) {
      toast.error(`A name has at most ${AVATAR_NAME_MAX_LENGTH} characters.`, { id: TOO_LONG });
      return;
    }
    setEditing(false);
    if (isVisible(name) && name !== avatar.name)
      update.mutate({ name }, { onError: (error) => toast.error(messageOf(error)) });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      // The focus moves to the pencil during this event, which the browser would press next.
      event.preventDefault();
      save(event.currentTarget.value);
    }
    if (event.key === 'Escape') setEditing(false);
  };
  const shown = update.isPending ? (update.variables.name ?? avatar.name) : avatar.name;
  if (editing) {
    return (
      <h1 className="text-28 tracking-[-0.022em]">
        <input
          ref={field}
          dir="auto"
          aria-label="Avatar name"
          defaultValue={shown}
          autoComplete="off"
          onBlur={(event) => save(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          className="-mx-2 h-11 w-full rounded-control border border-edge bg-raised px-2 font-strong"
        />
      </h1>
    );
  }
  return (
    <div className="flex min-h-11 items-center gap-2">
      <h1 className="min-w-0 text-28 tracking-[-0.022em]">
        <bdi>{shown}</bdi>
      </h1>
      <Button ref={pencil} tone="bare" icon aria-label="Edit name" onClick={() => setEditing(true)}>
        <PencilLine size={16} strokeWidth={1.5} aria-hidden="true" />
      </Button>
    </div>
  );
}
