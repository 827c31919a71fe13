import { ATTRIBUTE_CHOICES, type ChosenAttributes } from './attribute-choices.ts';
import { AttributeChip } from './attribute-chip.tsx';

interface AttributeChipsProps {
  readonly values: ChosenAttributes;
  readonly onChange: (values: ChosenAttributes) => void;
  /** The label of a missing value, where it differs from an empty one; by default both mean any. */
  readonly missingLabel?: string;
}

/** The visual attributes as chips, each of which opens a palette of values. */
export function AttributeChips({ values, onChange, missingLabel }: AttributeChipsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      {ATTRIBUTE_CHOICES.map((choice) => (
        <AttributeChip
          key={choice.name}
          choice={choice}
          value={values[choice.name] ?? (missingLabel === undefined ? '' : undefined)}
          missingLabel={missingLabel}
          onChange={(value) => onChange({ ...values, [choice.name]: value })}
        />
      ))}
    </div>
  );
}
