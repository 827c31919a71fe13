import { Button } from '#web/components/button.tsx';

const PER_CENT = 100;

/** How much is sent, truly; then the studio looks at it, of which nobody knows how long it takes. */
export function UploadProgress({ share, onStop: onCancel }: { readonly share: number; readonly onStop: () => void }) {
  const sent = share >= 1;
  const perCent = Math.round(share * PER_CENT);
  return (
    <div className="flex items-center gap-3">
      <div className="grid flex-1 gap-1.5">
        <p role="status" className="num text-13 text-ink-2">
          {sent ? 'Sent. Looking at the image' : 'Sending the image'}
        </p>
        <progress aria-label="Sent" value={perCent} max={PER_CENT} className="sr-only" />
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
