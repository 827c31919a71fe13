import { useState } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import { AVATAR_NAME_MAX_LENGTH } from '#domain/avatar/avatar-name.ts';
import { isolated } from '#domain/text/isolated.ts';
import { TextField } from '#web/components/field.tsx';
import { FormFooter } from '#web/components/form-footer.tsx';
import { LengthNote } from '#web/components/length-note.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { counted } from '#web/format/count.ts';
import { useUpdateAvatars } from '../api/use-update-avatars.ts';
import { renamed } from '../renamed.ts';

interface RenameDialogProps {
  /** The selected ones, in the order shown. */
  readonly avatars: readonly Avatar[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Gives the selected avatars one name and numbers them. */
export default function RenameDialog({ avatars, onClose, onDone }: RenameDialogProps) {
  const { update, error, isPending } = useUpdateAvatars();
  const [name, setName] = useState(avatars.length === 1 ? avatars[0]!.name : '');
  const names = renamed(avatars, name.trim()).map((change) => isolated(change.name ?? ''));
  const many = counted(avatars.length, 'avatar');
  return (
    <Sheet title={`Rename ${many}`} open onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // The form shows why it failed.
          update(avatars, renamed(avatars, name.trim()), `Renamed ${many}.`).then(onDone, () => {});
        }}
        className="grid grid-cols-[minmax(0,1fr)] gap-4 overflow-y-auto p-4 md:p-6"
      >
        <TextField label="Name" id="bulk-name" value={name} onChange={(event) => setName(event.target.value)} />
        <LengthNote text={name} max={AVATAR_NAME_MAX_LENGTH} />
        {avatars.length > 1 && name.trim() !== '' && (
          <p role="status" className="text-13 text-pretty wrap-anywhere text-ink-2">
            They become {names.slice(0, 2).join(', ')}
            {names.length > 2 && ` to ${names.at(-1)}`}.
          </p>
        )}
        <FormFooter error={error} pending={isPending} action={`Rename ${many}`} pendingLabel="Renaming" />
      </form>
    </Sheet>
  );
}
