import { X } from 'lucide-react';
import { Button } from '#web/components/button.tsx';
import { cx } from '#web/components/class-names.ts';
import type { BulkItem, BulkStatus } from '../bulk-item.ts';

const PERCENT = 100;
const STATUS_TEXT: Readonly<Record<BulkStatus, string>> = {
  waiting: 'Waiting to be checked',
  unchecked: 'Not checked',
  ready: 'Ready',
  uploaded: 'Uploaded',
  refused: 'Refused',
};

interface BulkUploadRowProps {
  readonly item: BulkItem;
  readonly isChecking: boolean;
  /** Share sent, 0 to 1; undefined unless it is being sent. */
  readonly share: number | undefined;
  /** Undefined while it can't be removed. */
  readonly onRemove: (() => void) | undefined;
}

/** An image of a bulk upload: the square of it that is kept, its name, and how far it is or why it was refused. */
export function BulkUploadRow({ item, isChecking, share, onRemove }: BulkUploadRowProps) {
  const { file, status, note, image } = item;
  const isBad = status === 'refused' || status === 'unchecked' || (status === 'ready' && note !== undefined);
  return (
    <li className="flex min-h-14 items-center gap-3">
      <span className="size-11 shrink-0 overflow-hidden rounded-option bg-well">
        {image && <img src={image.preview} alt="" className="size-full object-cover" />}
      </span>
      <div className="grid min-w-0 flex-1 gap-1">
        <bdi className="truncate" title={file.name}>
          {file.name}
        </bdi>
        {share === undefined ? (
          <p className={cx('text-13 wrap-anywhere', isBad ? 'text-bad' : 'text-ink-3')}>
            {isChecking
              ? 'Checking'
              : status === 'uploaded' && note
                ? `Uploaded. ${note}`
                : (note ?? STATUS_TEXT[status])}
          </p>
        ) : (
          <Progress label={`Upload of ${file.name}`} share={share} />
        )}
      </div>
      {onRemove && (
        <Button tone="bare" icon aria-label={`Remove ${file.name}`} onClick={onRemove}>
          <X size={16} strokeWidth={1.5} aria-hidden="true" />
        </Button>
      )}
    </li>
  );
}

/** The share sent, then an indeterminate bar while the API works. */
function Progress({ label, share }: { readonly label: string; readonly share: number }) {
  const sent = share >= 1;
  return (
    <>
      <progress aria-label={label} value={Math.round(share * PERCENT)} max={PERCENT} className="sr-only" />
      <div aria-hidden="true" className="relative h-[3px] overflow-hidden bg-line">
        <div
          className={
            sent ? 'stage-bar absolute inset-0' : 'h-full origin-left bg-ink transition-transform duration-(--quick)'
          }
          style={sent ? undefined : { transform: `scaleX(${share})` }}
        />
      </div>
    </>
  );
}
