import { Switch } from '@base-ui/react/switch';
import type { ReactNode } from 'react';

interface ToggleProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** A switch that takes effect immediately. */
export function Toggle({ checked, onChange, disabled = false, children }: ToggleProps) {
  return (
    <label className="flex min-h-(--control) cursor-pointer items-center gap-3 pointer-coarse:min-h-11">
      <Switch.Root
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="flex h-5 w-9 shrink-0 rounded-full border border-edge bg-sunken p-px transition-colors duration-(--quick) data-checked:border-ink data-checked:bg-ink data-disabled:opacity-50"
      >
        <Switch.Thumb className="aspect-square h-full rounded-full bg-ink-2 transition-transform duration-(--quick) ease-calm data-checked:translate-x-4 data-checked:bg-paper" />
      </Switch.Root>
      <span>{children}</span>
    </label>
  );
}
