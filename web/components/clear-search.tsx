import { X } from 'lucide-react';
import { Button } from './button.tsx';

/** Of the search field: room for the button, instead of the one that browsers except Firefox draw. */
export const CLEARABLE_CLASS = 'pr-(--control) [&::-webkit-search-cancel-button]:hidden';

/** Clears the search field that it lies on; the field's container is `relative`. */
export function ClearSearch({ onClear }: { readonly onClear: () => void }) {
  return (
    <Button
      tone="bare"
      icon
      aria-label="Clear the search"
      onClick={onClear}
      className="absolute inset-y-0 right-0 my-auto"
    >
      <X size={16} strokeWidth={1.5} aria-hidden="true" />
    </Button>
  );
}
