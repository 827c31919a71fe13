import { cx } from '#web/components/class-names.ts';
import type { TransferText } from '../describe-transfer.ts';

/** A signed change of the available credits. */
export function MovedCredits({ moved, tone }: Pick<TransferText, 'moved' | 'tone'>) {
  return (
    <span className={cx('whitespace-nowrap', tone === 'in' && 'text-good', tone === 'none' && 'text-ink-3')}>
      {moved}
    </span>
  );
}
