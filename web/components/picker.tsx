import { Select } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { buttonClass } from './button-style.ts';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A second line in a quieter color. */
  readonly note?: string;
}

interface PickerProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** For use at the end of a labeled row. */
  readonly compact?: boolean;
}

/** A select: one of many choices in a popup. */
export function Picker<Value extends string>({ label, choices, value, onChange, compact }: PickerProps<Value>) {
  return (
    <Select.Root value={value} onValueChange={(next) => next && onChange(next)} modal={false}>
      <Select.Trigger
        aria-label={label}
        className={compact ? buttonClass({ tone: 'bare', size: 'small' }, '-mr-2.5') : buttonClass({ tone: 'bare' })}
      >
        <Select.Value>{(chosen: Value) => choices.find((choice) => choice.value === chosen)?.label}</Select.Value>
        <ChevronDown size={16} strokeWidth={1.5} aria-hidden="true" />
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner
          // Rendered outside the page's landmarks, so it needs its own.
          role="region"
          aria-label={`${label}, choices`}
          alignItemWithTrigger={false}
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="z-20"
        >
          <Select.Popup className="float-in max-h-96 max-w-80 overflow-y-auto rounded-image bg-raised p-2 shadow-float outline-none">
            {choices.map((choice) => (
              <Select.Item
                key={choice.value}
                value={choice.value}
                className="grid min-h-(--control) cursor-pointer grid-cols-[minmax(0,1fr)_16px] items-center gap-3 rounded-option px-2 py-1.5 text-13 outline-none data-highlighted:bg-hover pointer-coarse:min-h-11"
              >
                <Select.ItemText className="grid">
                  <span>{choice.label}</span>
                  {choice.note && <span className="text-12 leading-tight text-ink-3">{choice.note}</span>}
                </Select.ItemText>
                <Select.ItemIndicator>
                  <Check size={16} strokeWidth={1.5} aria-hidden="true" />
                </Select.ItemIndicator>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
