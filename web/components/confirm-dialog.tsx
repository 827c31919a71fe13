import { Button } from './button.tsx';
import { Sheet } from './sheet.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  /** The consequence, in one sentence. */
  readonly message: string;
  /** Verb and object. */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks for confirmation before an action that can't be undone. */
export function ConfirmDialog({ title, message, action, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Sheet title={title} open onClose={onClose}>
      <div className="grid gap-5 p-4 md:p-6">
        <p className="text-ink-2">{message}</p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
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
