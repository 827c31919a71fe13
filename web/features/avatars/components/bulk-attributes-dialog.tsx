import { useState } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import { type ChosenAttributes, filledAttributes } from '#web/components/attributes/attribute-choices.ts';
import { Sheet } from '#web/components/sheet.tsx';
import { counted } from '#web/format/count.ts';
import { useUpdateAvatars } from '../api/use-update-avatars.ts';
import { withAttributes } from '../bulk-changes.ts';
import { AttributesForm } from './attributes-form.tsx';

interface BulkAttributesDialogProps {
  /** The selected ones. */
  readonly avatars: readonly Avatar[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Sets attributes of the selected avatars; those left at "Any" stay as they are. */
export default function BulkAttributesDialog({ avatars, onClose, onDone }: BulkAttributesDialogProps) {
  const { update, error, isPending } = useUpdateAvatars();
  const [values, setValues] = useState<ChosenAttributes>({});
  const chosen = filledAttributes(values);
  const many = counted(avatars.length, 'avatar');
  const save = () => {
    if (Object.keys(chosen).length === 0) return onClose();
    // The form shows why it failed.
    update(avatars, withAttributes(avatars, chosen), `Set attributes of ${many}.`).then(onDone, () => {});
  };
  return (
    <Sheet title={`Attributes of ${many}`} open onClose={onClose}>
      <AttributesForm
        about="Filters find the avatars by these attributes. What you leave at “Any” stays as it is. The images do not change."
        values={values}
        onChange={setValues}
        onSave={save}
        error={error}
        pending={isPending}
        action="Set attributes"
        pendingLabel="Setting attributes"
      />
    </Sheet>
  );
}
