import { type KeyboardEvent, type MouseEvent, useId } from 'react';
import { ATTRIBUTE_MAX_LENGTH } from '#domain/persona/attributes.ts';
import { capitalized } from '#domain/prompt/prompt-text.ts';
import { cx } from '../class-names.ts';
import { LengthNote } from '../length-note.tsx';
import { FIELD_CLASS } from '../field.tsx';
import { Swatch } from '../swatch.tsx';
import { type AttributeChoice, valueLabel } from './attribute-choices.ts';

interface AttributePaletteProps {
  readonly choice: AttributeChoice;
  /** Empty: any. Undefined: missing. */
  readonly value: string | undefined;
  /** Offers a missing value under this label. */
  readonly missingLabel: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly onDone: () => void;
}

/** The values of one attribute: radio buttons with swatches, or a text field. */
export function AttributePalette({ choice, value, missingLabel, onChange, onDone }: AttributePaletteProps) {
  const name = useId();
  const isText = choice.options.length === 0;
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    onDone();
  };
  // A click closes the palette. Arrow keys also fire click events, but with a count of 0, and must not close it.
  const onPick = (event: MouseEvent) => {
    if (event.detail > 0) onDone();
  };
  const options: readonly { readonly value: string | undefined; readonly hex?: string }[] = [
    ...(missingLabel === undefined ? [] : [{ value: undefined }]),
    // An empty text field means any, unless it also could mean missing.
    ...(isText && missingLabel === undefined ? [] : [{ value: '' }]),
    ...choice.options,
  ];
  return (
    <>
      {isText && (
        <>
          <input
            aria-label={`${choice.label}, free text`}
            value={value ?? ''}
            placeholder={valueLabel(value, missingLabel)}
            onChange={({ target }) => onChange(target.value === '' && missingLabel ? undefined : target.value)}
            onKeyDown={onEnter}
            className={`${FIELD_CLASS} min-w-52`}
          />
          <LengthNote text={value ?? ''} max={ATTRIBUTE_MAX_LENGTH} />
        </>
      )}
      {options.length > 0 && (
        <div
          role="radiogroup"
          aria-label={choice.label}
          className={cx('grid grid-cols-2 gap-0.5 sm:grid-cols-3', isText && 'mt-2')}
        >
          {options.map((option) => (
            <label
              key={option.value ?? 'missing'}
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
              <span data-label={capitalized(valueLabel(option.value, missingLabel))} className="stable-strong">
                <span className="block first-letter:uppercase">{valueLabel(option.value, missingLabel)}</span>
              </span>
            </label>
          ))}
        </div>
      )}
    </>
  );
}
