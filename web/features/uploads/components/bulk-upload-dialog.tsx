import { useRef } from 'react';
import { toast } from 'sonner';
import { UPLOAD_ACCEPT } from '#domain/generation/upload-format.ts';
import { isolated } from '#domain/text/isolated.ts';
import { Button } from '#web/components/button.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { useCredits, usePrices } from '#web/features/credits/api/use-credits.ts';
import { AvailableCreditsLink } from '#web/components/available-credits-link.tsx';
import { counted, formatCount } from '#web/format/count.ts';
import { useOfferedFiles } from '#web/hooks/use-offered-files.ts';
import { BULK_UPLOAD_MAX, type BulkItem, type BulkStatus } from '../bulk-item.ts';
import { useBulkUpload } from '../hooks/use-bulk-upload.ts';
import { BulkUploadRow } from './bulk-upload-row.tsx';

interface BulkUploadDialogProps {
  readonly projectId: string;
  readonly projectName: string | undefined;
  readonly files: readonly File[];
  readonly onClose: () => void;
}

/** Turns several images into avatars: each is checked, cropped to its middle square, named after its file, and sent on its own. */
export function BulkUploadDialog({ projectId, projectName, files, onClose }: BulkUploadDialogProps) {
  const bulk = useBulkUpload(projectId, files);
  const { items, checking, sending } = bulk;
  const chooser = useRef<HTMLInputElement>(null);
  const price = usePrices().upload;
  const available = useCredits()?.available;
  const count = countByStatus(items);
  const cost = count.ready * price;
  const missing = Math.max(0, cost - (available ?? cost));
  const isSending = sending !== undefined;
  useOfferedFiles(bulk.add, !isSending);
  const close = () => {
    if (count.uploaded > 0) {
      toast(`Uploaded ${formatCount(count.uploaded)} of ${counted(items.length, 'image')}.`);
    }
    onClose();
  };

  return (
    <Sheet title="Upload images" aside={projectName && `to ${isolated(projectName)}`} open onClose={close}>
      <div className="grid min-h-0 gap-1 overflow-y-auto px-4 pt-3 md:px-6">
        <p className="text-13 text-ink-3">
          Each avatar is the middle square of its image and has the name of its file.
          {bulk.leftOut > 0 &&
            ` A list holds ${BULK_UPLOAD_MAX} images; ${counted(bulk.leftOut, 'image')} did not fit. Upload these first.`}
        </p>
        <ul aria-label="Images">
          {items.map((item) => (
            <BulkUploadRow
              key={item.id}
              item={item}
              isChecking={item.id === checking}
              share={item.id === sending ? bulk.share : undefined}
              onRemove={isSending || item.status === 'uploaded' ? undefined : () => bulk.remove(item.id)}
            />
          ))}
        </ul>
      </div>
      <footer className="grid gap-3 border-t border-line p-4 md:px-6">
        <div className="num flex justify-between gap-3 text-13 text-ink-2">
          <p role="status">{summary(items, count, isSending)}</p>
          {missing > 0 && <AvailableCreditsLink available={cost - missing} />}
        </div>
        <div className="flex gap-2">
          <input
            ref={chooser}
            type="file"
            hidden
            multiple
            accept={UPLOAD_ACCEPT}
            aria-label="More image files"
            onChange={({ currentTarget }) => {
              bulk.add([...(currentTarget.files ?? [])]);
              currentTarget.value = ''; // the same file can be chosen again
            }}
          />
          {isSending ? (
            <Button size="large" className="flex-1" onClick={bulk.stop}>
              Stop
            </Button>
          ) : (
            <>
              <Button size="large" disabled={items.length >= BULK_UPLOAD_MAX} onClick={() => chooser.current?.click()}>
                Add images
              </Button>
              <NextStep {...{ count, missing, cost, isChecking: checking !== undefined }} bulk={bulk} onDone={close} />
            </>
          )}
        </div>
      </footer>
    </Sheet>
  );
}

type Counts = Readonly<Record<BulkStatus, number>>;

interface NextStepProps {
  readonly count: Counts;
  readonly missing: number;
  readonly cost: number;
  readonly isChecking: boolean;
  readonly bulk: Pick<ReturnType<typeof useBulkUpload>, 'start' | 'checkAgain'>;
  readonly onDone: () => void;
}

/** The one button for what to do next. */
function NextStep({ count, missing, cost, isChecking, bulk, onDone }: NextStepProps) {
  if (!isChecking && count.ready === 0) {
    return count.unchecked > 0 ? (
      <Button tone="go" size="large" className="flex-1" onClick={bulk.checkAgain}>
        Check again
      </Button>
    ) : (
      <Button tone="go" size="large" className="flex-1" onClick={onDone}>
        {count.uploaded > 0 ? 'Done' : 'Close'}
      </Button>
    );
  }
  const isBlocked = isChecking || missing > 0;
  return (
    <Button
      tone="go"
      size="large"
      className="flex-1"
      aria-disabled={isBlocked || undefined}
      onClick={() => !isBlocked && bulk.start()}
    >
      {missing > 0
        ? `${counted(missing, 'more credit')} needed`
        : `Upload ${counted(count.ready, 'image')} for ${counted(cost, 'credit')}`}
    </Button>
  );
}

function countByStatus(items: readonly BulkItem[]): Counts {
  const count = { waiting: 0, unchecked: 0, ready: 0, uploaded: 0, refused: 0 };
  for (const { status } of items) count[status] += 1;
  return count;
}

function summary(items: readonly BulkItem[], count: Counts, isSending: boolean): string {
  const all = counted(items.length, 'image');
  if (isSending) return `Uploaded ${formatCount(count.uploaded)} of ${all}`;
  if (count.waiting > 0) return `Checked ${formatCount(items.length - count.waiting)} of ${all}`;
  const parts = [
    count.uploaded > 0 && `${formatCount(count.uploaded)} uploaded`,
    count.ready > 0 && `${formatCount(count.ready)} ready`,
    count.refused > 0 && `${formatCount(count.refused)} refused, not charged`,
    count.unchecked > 0 && `${formatCount(count.unchecked)} not checked`,
  ];
  return [all, ...parts].filter(Boolean).join(' · ');
}
