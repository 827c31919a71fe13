import { Button } from './button.tsx';
import { Sheet } from './sheet.tsx';

interface ConfirmSheetProps {
  readonly title: string;
  /** What it means, in a sentence. */
  readonly message: string;
  /** The verb and the thing. */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks once more before something that can't be undone. */
export function ConfirmSheet({ title, message: words, action, onConfirm, onClose }: ConfirmSheetProps) {
  return (
    <Sheet title={title} open onClose={onClose}>
      <div className="grid gap-5 p-4 md:p-6">
        <p className="text-ink-2">{words}</p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep</Button>
          <Button
            className="text-bad!"
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {action}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
