import { useState } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import type { ChosenAttributes } from '#web/components/attributes/attribute-choices.ts';
import { Sheet } from '#web/components/sheet.tsx';
import { counted } from '#web/format/count.ts';
import { useUpdateAvatars } from '../api/use-update-avatars.ts';
import { attributeChanges, withAttributes } from '../bulk-changes.ts';
import { AttributesForm } from './attributes-form.tsx';

interface BulkAttributesDialogProps {
  /** The selected ones. */
  readonly avatars: readonly Avatar[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Sets or, with "Any", clears attributes of the selected avatars; the others stay as they are. */
export default function BulkAttributesDialog({ avatars, onClose, onDone }: BulkAttributesDialogProps) {
  const { update, error, isPending } = useUpdateAvatars();
  const [values, setValues] = useState<ChosenAttributes>({});
  const changes = attributeChanges(values);
  const many = counted(avatars.length, 'avatar');
  const save = () => {
    if (Object.keys(changes).length === 0) return onClose();
    // The form shows why it failed.
    update(avatars, withAttributes(avatars, changes), `Changed attributes of ${many}.`).then(onDone, () => {});
  };
  return (
    <Sheet title={`Attributes of ${many}`} open onClose={onClose}>
      <AttributesForm
        about="Filters find the avatars by these attributes. What you leave unchanged stays as it is, and “Any” clears it. The images do not change."
        missingLabel="Unchanged"
        values={values}
        onChange={setValues}
        onSave={save}
        error={error}
        pending={isPending}
        action="Change attributes"
        pendingLabel="Changing attributes"
      />
    </Sheet>
  );
}
