import { Popover } from '@base-ui/react/popover';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { cx } from '../class-names.ts';
import { Swatch } from '../swatch.tsx';
import { type AttributeChoice, valueLabel } from './attribute-choices.ts';
import { AttributePalette } from './attribute-palette.tsx';

interface AttributeChipProps {
  readonly choice: AttributeChoice;
  /** Empty: any. Undefined: missing. */
  readonly value: string | undefined;
  /** Offers a missing value under this label. */
  readonly missingLabel: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** One attribute with its value; opens the palette of values. */
export function AttributeChip({ choice, value, missingLabel, onChange }: AttributeChipProps) {
  const [open, setOpen] = useState(false);
  const defaultValue = missingLabel === undefined ? '' : undefined;
  const hex = choice.options.find((option) => option.value === value)?.hex;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="group inline-flex h-(--control-small) items-center gap-1.5 rounded-control border border-line bg-raised px-2.5 text-13 whitespace-nowrap hover:bg-hover data-popup-open:border-ink">
        <span className="text-ink-3">{choice.label}</span>
        {hex && <Swatch hex={hex} />}
        <span className={cx('block max-w-32 truncate first-letter:uppercase', value === defaultValue && 'text-ink-2')}>
          {valueLabel(value, missingLabel)}
        </span>
        <ChevronDown size={14} strokeWidth={1.5} aria-hidden="true" className="text-ink-3" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="start" collisionPadding={12} className="z-20">
          <Popover.Popup
            aria-label={choice.label}
            className="float-in max-h-(--available-height) overflow-y-auto rounded-image bg-raised p-2 shadow-float outline-none"
          >
            <AttributePalette
              choice={choice}
              value={value}
              missingLabel={missingLabel}
              onChange={onChange}
              onDone={() => setOpen(false)}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
