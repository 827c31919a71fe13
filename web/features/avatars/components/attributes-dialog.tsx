import { useState } from 'react';
import type { Avatar, UpdateAvatar } from '#contract/avatar.ts';
import type { AttributeName } from '#domain/persona/attributes.ts';
import { type ChosenAttributes, ATTRIBUTE_CHOICES } from '#web/components/attributes/attribute-choices.ts';
import { Sheet } from '#web/components/sheet.tsx';
import { useUpdateAvatar } from '../api/use-update-avatar.ts';
import { AttributesForm } from './attributes-form.tsx';

interface AttributesDialogProps {
  readonly avatar: Avatar;
  readonly onClose: () => void;
}

/** Edits an avatar's attributes. "Any" clears an attribute; only changes are sent. */
export function AttributesDialog({ avatar, onClose }: AttributesDialogProps) {
  const update = useUpdateAvatar(avatar.id);
  const [values, setValues] = useState<ChosenAttributes>(avatar.attributes);
  const attributes = changesOf(avatar.attributes, values);
  const save = () =>
    Object.keys(attributes).length > 0 ? update.mutate({ attributes }, { onSuccess: onClose }) : onClose();
  return (
    <Sheet title="Attributes" aside={avatar.name} open onClose={onClose}>
      <AttributesForm
        about="What the image shows. Filters find the avatar by these attributes, and avatars you generate from it inherit them. The image itself does not change."
        values={values}
        onChange={setValues}
        onSave={save}
        error={update.error}
        pending={update.isPending}
        action="Save attributes"
        pendingLabel="Saving attributes"
      />
    </Sheet>
  );
}

function changesOf(before: ChosenAttributes, after: ChosenAttributes): NonNullable<UpdateAvatar['attributes']> {
  const valueOf = (values: ChosenAttributes, name: AttributeName) => values[name]?.trim() || null;
  const names = ATTRIBUTE_CHOICES.map(({ name }) => name).filter(
    (name) => valueOf(before, name) !== valueOf(after, name),
  );
  // The chips offer only the contract's values.
  return Object.fromEntries(names.map((name) => [name, valueOf(after, name)])) as NonNullable<
    UpdateAvatar['attributes']
  >;
}
