import { Button } from '#web/components/button.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { messageOf } from '#web/http/request-failed.ts';
import { useDeleteWebhook } from '../api/use-webhook.ts';

/** Confirms the deletion, because the secret can't be restored. */
export function DeleteWebhookDialog({ onClose }: { readonly onClose: () => void }) {
  const remove = useDeleteWebhook();
  return (
    <Sheet title="Delete webhook?" open onClose={onClose}>
      <div className="grid gap-4 overflow-y-auto p-4 md:p-6">
        <p className="leading-body text-pretty text-ink-2">
          Your server receives no more events, including those that await delivery. A new webhook gets a new secret.
        </p>
        {remove.error && (
          <p role="alert" className="text-13 text-bad">
            {messageOf(remove.error)}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Keep webhook</Button>
          <Button
            className="text-bad!"
            disabled={remove.isPending}
            onClick={() => remove.mutate(undefined, { onSuccess: onClose })}
          >
            Delete webhook
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
