import { AttributeChips } from '#web/components/attributes/attribute-chips.tsx';
import type { ChosenAttributes } from '#web/components/attributes/attribute-choices.ts';
import { FormFooter, type FormFooterProps } from '#web/components/form-footer.tsx';

interface AttributesFormProps extends FormFooterProps {
  /** What the attributes are for, and what saving changes. */
  readonly about: string;
  readonly values: ChosenAttributes;
  /** The label of a missing value, where it differs from an empty one. */
  readonly missingLabel?: string;
  readonly onChange: (values: ChosenAttributes) => void;
  readonly onSave: () => void;
}

/** The attributes of one avatar or of many. */
export function AttributesForm({ about, values, missingLabel, onChange, onSave, ...footer }: AttributesFormProps) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
      className="grid gap-5 overflow-y-auto p-4 md:p-6"
    >
      <p className="text-13 leading-body text-pretty text-ink-2">{about}</p>
      <AttributeChips values={values} onChange={onChange} {...(missingLabel !== undefined && { missingLabel })} />
      <FormFooter {...footer} />
    </form>
  );
}
