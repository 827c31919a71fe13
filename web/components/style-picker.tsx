import { STYLE_RULES, STYLES, type Style } from '#domain/prompt/style.ts';
import { Picker } from './picker.tsx';

/** A picker's values are never empty, so no choice needs a value of its own. */
const ANY = 'any';
const CHOICES: readonly { readonly value: Style | typeof ANY; readonly label: string }[] = [
  { value: ANY, label: 'Any' },
  ...STYLES.map((value) => ({ value, label: STYLE_RULES[value].label })),
];

interface StylePickerProps {
  /** Undefined: any style. */
  readonly value: Style | undefined;
  readonly onChange: (style: Style | undefined) => void;
}

export function StylePicker({ value, onChange }: StylePickerProps) {
  return (
    <Picker
      compact
      label="Style"
      choices={CHOICES}
      value={value ?? ANY}
      onChange={(next) => onChange(next === ANY ? undefined : next)}
    />
  );
}
