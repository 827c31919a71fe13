import { useState } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import { AttributeChips } from '#web/components/attributes/attribute-chips.tsx';
import { type ChosenAttributes, filledAttributes } from '#web/components/attributes/attribute-choices.ts';
import { FormFooter } from '#web/components/form-footer.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { counted } from '#web/format/count.ts';
import { useUpdateAvatars } from '../api/use-update-avatars.ts';
import { withAttributes } from '../bulk-changes.ts';

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
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        className="grid gap-5 overflow-y-auto p-4 md:p-6"
      >
        <p className="text-13 leading-body text-pretty text-ink-2">
          Filters find the avatars by these attributes. What you leave at “Any” stays as it is. The images do not
          change.
        </p>
        <AttributeChips values={values} onChange={setValues} />
        <FormFooter error={error} pending={isPending} action="Set attributes" pendingLabel="Setting attributes" />
      </form>
    </Sheet>
  );
}
