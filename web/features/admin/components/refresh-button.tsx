import { RotateCcw } from 'lucide-react';
import { Button } from '#web/components/button.tsx';

/** Reads a page’s data again. An icon alone on a phone, so that it fits next to the heading. */
export function RefreshButton({ disabled, onClick }: { readonly disabled: boolean; readonly onClick: () => void }) {
  return (
    <Button size="small" disabled={disabled} onClick={onClick}>
      <RotateCcw size={16} strokeWidth={1.5} aria-hidden="true" /> <span className="max-sm:sr-only">Refresh</span>
    </Button>
  );
}
