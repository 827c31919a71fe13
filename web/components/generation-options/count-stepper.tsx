import { Minus, Plus } from 'lucide-react';
import { GENERATION_COUNT_MAX } from '#contract/profile.ts';
import { Button } from '../button.tsx';

/** The image count, 1 to 8. */
export function CountStepper({ value, onChange }: { readonly value: number; readonly onChange: (n: number) => void }) {
  return (
    <span role="group" aria-label="Images" className="flex items-center gap-1">
      <Button size="small" icon aria-label="One fewer" disabled={value <= 1} onClick={() => onChange(value - 1)}>
        <Minus size={16} strokeWidth={1.5} aria-hidden="true" />
      </Button>
      <output aria-label="Images" className="num w-8 text-center">
        {value}
      </output>
      <Button
        size="small"
        icon
        aria-label="One more"
        disabled={value >= GENERATION_COUNT_MAX}
        onClick={() => onChange(value + 1)}
      >
        <Plus size={16} strokeWidth={1.5} aria-hidden="true" />
      </Button>
    </span>
  );
}
