import { Coins } from 'lucide-react';
import { counted, formatCount } from '#web/format/count.ts';
import { useCredits } from '../api/use-credits.ts';

/** Available credits, animated when they change. */
export function Balance() {
  const credits = useCredits();
  if (!credits) return <span className="h-5 w-24 rounded-option bg-sunken" aria-hidden="true" />;
  const { available, held } = credits;
  return (
    <span
      className="flex items-center gap-2 whitespace-nowrap text-ink-2"
      title={held > 0 ? `${formatCount(held)} more held for generations in progress` : undefined}
    >
      <Coins size={16} strokeWidth={1.5} aria-hidden="true" />
      <span key={available} className="arrive num" data-testid="balance">
        {counted(available, 'credit')}
      </span>
    </span>
  );
}
