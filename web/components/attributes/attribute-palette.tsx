import { type KeyboardEvent, type MouseEvent, useId } from 'react';
import { ATTRIBUTE_MAX_LENGTH } from '#domain/persona/attributes.ts';
import { LengthNote } from '../length-note.tsx';
import { FIELD_CLASS } from '../field.tsx';
import { Swatch } from '../swatch.tsx';
import type { AttributeChoice } from './attribute-choices.ts';

interface AttributePaletteProps {
  readonly choice: AttributeChoice;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onDone: () => void;
}

/** The values of one attribute: radio buttons with swatches, or a text field. */
export function AttributePalette({ choice, value, onChange, onDone }: AttributePaletteProps) {
  const name = useId();
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    onDone();
  };
  if (choice.options.length === 0) {
    return (
      <>
        <input
          aria-label={`${choice.label}, free text`}
          value={value}
          placeholder="Any"
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onEnter}
          className={`${FIELD_CLASS} min-w-52`}
        />
        <LengthNote text={value} max={ATTRIBUTE_MAX_LENGTH} />
      </>
    );
  }
  // A click closes the palette. Arrow keys also fire click events, but with a count of 0, and must not close it.
  const onPick = (event: MouseEvent) => {
    if (event.detail > 0) onDone();
  };
  const options = [{ value: '', hex: undefined }, ...choice.options];
  return (
    <div role="radiogroup" aria-label={choice.label} className="grid grid-cols-2 gap-0.5 sm:grid-cols-3">
      {options.map((option) => (
        <label
          key={option.value}
          className="relative flex min-h-(--control) cursor-pointer items-center gap-2 rounded-option px-2 text-13 whitespace-nowrap hover:bg-hover has-checked:bg-sunken has-checked:font-strong has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            onClick={onPick}
            onKeyDown={onEnter}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          {option.hex && <Swatch hex={option.hex} large />}
          <span className="block first-letter:uppercase">{option.value || 'Any'}</span>
        </label>
      ))}
    </div>
  );
}
