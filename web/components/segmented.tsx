import { useId } from 'react';

interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly disabled?: boolean }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly compact?: boolean;
}

/** One of a few visible options. Native radio buttons, for arrow keys and screen readers. */
export function Segmented<Value extends string>({ label, options, value, onChange, compact }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex max-w-full overflow-x-auto rounded-control bg-sunken inset-ring inset-ring-line"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="relative flex h-(--control) shrink-0 cursor-pointer items-center justify-center rounded-control px-3 whitespace-nowrap text-ink-2 hover:text-ink has-checked:bg-raised has-checked:font-strong has-checked:text-ink has-checked:inset-ring has-checked:inset-ring-edge has-focus-visible:outline-2 has-disabled:cursor-not-allowed has-disabled:text-ink-3 has-focus-visible:outline-accent data-compact:h-[34px] data-compact:px-2.5 data-compact:text-13 pointer-coarse:min-w-11 pointer-coarse:data-compact:h-11 max-sm:min-w-11 max-sm:data-compact:h-11"
          data-compact={compact || undefined}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none outline-none disabled:cursor-not-allowed"
          />
          <span data-label={option.label} className="stable-strong">
            {option.label}
          </span>
        </label>
      ))}
    </div>
  );
}
