import { Button } from '#web/components/button.tsx';

const PERCENT = 100;

/** The share sent, then an indeterminate bar while the API checks the image. */
export function UploadProgress({ share, onCancel }: { readonly share: number; readonly onCancel: () => void }) {
  const sent = share >= 1;
  const percent = Math.round(share * PERCENT);
  return (
    <div className="flex items-center gap-3">
      <div className="grid flex-1 gap-1.5">
        <p role="status" className="num text-13 text-ink-2">
          {sent ? 'Uploaded. Checking the image' : 'Uploading the image'}
        </p>
        <progress aria-label="Upload progress" value={percent} max={PERCENT} className="sr-only" />
        <div aria-hidden="true" className="relative h-[3px] overflow-hidden bg-line">
          <div
            className={
              sent ? 'stage-bar absolute inset-0' : 'h-full origin-left bg-ink transition-transform duration-(--quick)'
            }
            style={sent ? undefined : { transform: `scaleX(${share})` }}
          />
        </div>
      </div>
      <Button onClick={onCancel} disabled={sent}>
        Cancel
      </Button>
    </div>
  );
}
