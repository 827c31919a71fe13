import { ATTRIBUTE_CHOICES, type AttributeName } from './attribute-choices.ts';
import { AttributeChip } from './attribute-chip.tsx';

/** Values by attribute; an empty text or none is any. */
export type ChosenAttributes = { readonly [Name in AttributeName]?: string | undefined };

interface AttributeChipsProps {
  readonly values: ChosenAttributes;
  readonly onChange: (values: ChosenAttributes) => void;
}

/** What somebody looks like, as chips that open small palettes. */
export function AttributeChips({ values, onChange }: AttributeChipsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      {ATTRIBUTE_CHOICES.map((choice) => (
        <AttributeChip
          key={choice.name}
          choice={choice}
          value={values[choice.name] ?? ''}
          onChange={(value) => onChange({ ...values, [choice.name]: value })}
        />
      ))}
    </div>
  );
}
