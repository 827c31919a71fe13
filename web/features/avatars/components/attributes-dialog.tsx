import { useState } from 'react';
import type { Avatar, UpdateAvatar } from '#contract/avatar.ts';
import { AttributeChips, type ChosenAttributes } from '#web/components/attributes/attribute-chips.tsx';
import { ATTRIBUTE_CHOICES, type AttributeName } from '#web/components/attributes/attribute-choices.ts';
import { FormFooter } from '#web/components/form-footer.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { useUpdateAvatar } from '../api/use-update-avatar.ts';

interface AttributesDialogProps {
  readonly avatar: Avatar;
  readonly onClose: () => void;
}

/** Says what an avatar looks like. What is set to any is taken away; only what was changed is sent. */
export function AttributesDialog({ avatar, onClose }: AttributesDialogProps) {
  const update = useUpdateAvatar(avatar.id);
  const [values, setValues] = useState<ChosenAttributes>(avatar.attributes);
  const attributes = changesOf(avatar.attributes, values);
  const keep = () =>
    Object.keys(attributes).length > 0 ? update.mutate({ attributes }, { onSuccess: onClose }) : onClose();
  return (
    <Sheet title="Attributes" aside={avatar.name} open onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
        className="grid gap-5 overflow-y-auto p-4 md:p-6"
      >
        <p className="text-13 leading-body text-pretty text-ink-2">
          What the image shows: it is found by these, and what you make from it begins with them. The image itself
          stays.
        </p>
        <AttributeChips values={values} onChange={setValues} />
        <FormFooter
          error={update.error}
          pending={update.isPending}
          action="Keep the attributes"
          pendingLabel="Keeping the attributes"
        />
      </form>
    </Sheet>
  );
}

function changesOf(before: ChosenAttributes, after: ChosenAttributes): NonNullable<UpdateAvatar['attributes']> {
  const said = (values: ChosenAttributes, name: AttributeName) => values[name]?.trim() || null;
  const names = ATTRIBUTE_CHOICES.map(({ name }) => name).filter((name) => said(before, name) !== said(after, name));
  // Chips offer only the words that the contract knows.
  return Object.fromEntries(names.map((name) => [name, said(after, name)])) as NonNullable<UpdateAvatar['attributes']>;
}
