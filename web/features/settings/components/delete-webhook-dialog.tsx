import { Button } from '#web/components/button.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { messageOf } from '#web/http/request-failed.ts';
import { useDeleteWebhook } from '../api/use-webhook.ts';

/** Its secret dies with it, so there is no undo: it asks first. */
export function DeleteWebhookDialog({ onClose }: { readonly onClose: () => void }) {
  const remove = useDeleteWebhook();
  return (
    <Sheet title="Delete the webhook?" open onClose={onClose}>
      <div className="grid gap-4 overflow-y-auto p-4 md:p-6">
        <p className="leading-body text-pretty text-ink-2">
          Your server is told nothing any more, also not what waits to be told. A new webhook gets a new secret.
        </p>
        {remove.error && (
          <p role="alert" className="text-13 text-bad">
            {messageOf(remove.error)}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button
            className="text-bad!"
            disabled={remove.isPending}
            onClick={() => remove.mutate(undefined, { onSuccess: onClose })}
          >
            Delete the webhook
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
