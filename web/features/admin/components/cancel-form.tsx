import { type FormEvent, useState } from 'react';
import { providerLabel, PROVIDERS, type ProviderName } from '#domain/provider/provider.ts';
import { Button } from '#web/components/button.tsx';
import { Picker } from '#web/components/picker.tsx';
import { counted } from '#web/format/count.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { type Cancelled, type CancelFilter, useCancelGenerations } from '../api/use-cancel-generations.ts';
import { ReasonDialog } from './reason-dialog.tsx';

const ANY = 'any';
const STATES = [
  { value: ANY, label: 'Any state' },
  { value: 'requested', label: 'Not admitted yet' },
  { value: 'pending', label: 'In queue' },
  { value: 'processing', label: 'Generating' },
] as const;
const PROVIDER_CHOICES: readonly { readonly value: ProviderName | typeof ANY; readonly label: string }[] = [
  { value: ANY, label: 'Any provider' },
  ...PROVIDERS.map((value) => ({ value, label: providerLabel(value) })),
];
const AGES = [
  { value: '0', label: 'Any age' },
  { value: '600', label: 'Older than 10 min' },
  { value: '3600', label: 'Older than 1 h' },
] as const;

/** Cancels matching unfinished generations, oldest first, 100 at a time. Their credits are returned. */
export function CancelForm() {
  const [status, setStatus] = useState<(typeof STATES)[number]['value']>(ANY);
  const [provider, setProvider] = useState<ProviderName | typeof ANY>(ANY);
  const [age, setAge] = useState<(typeof AGES)[number]['value']>('600');
  const [confirming, setConfirming] = useState(false);
  const cancel = useCancelGenerations();
  const filter: CancelFilter = {
    olderThanSeconds: Number(age),
    ...(status !== ANY && { status }),
    ...(provider !== ANY && { provider }),
  };
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    cancel.reset();
    setConfirming(true);
  };
  return (
    <section aria-labelledby="cancel-many">
      <h3 id="cancel-many" className="border-b border-line pb-2 text-14">
        Cancel in bulk
      </h3>
      <form onSubmit={confirm} className="flex flex-wrap items-center gap-2 py-3">
        <Picker label="State" choices={STATES} value={status} onChange={setStatus} />
        <Picker label="Provider" choices={PROVIDER_CHOICES} value={provider} onChange={setProvider} />
        <Picker label="Age" choices={AGES} value={age} onChange={setAge} />
        <Button type="submit">Cancel matching generations</Button>
      </form>
      <p role="status" className="min-h-5 text-13 text-ink-2">
        {cancel.data && resultMessage(cancel.data)}
      </p>
      {confirming && (
        <ReasonDialog
          title="Cancel matching generations"
          sentence="The 100 oldest unfinished generations that match are cancelled, in every account. Their credits are returned."
          label="Reason (optional, recorded in the audit log)"
          submit="Cancel generations"
          busy={cancel.isPending}
          error={cancel.error ? messageOf(cancel.error) : undefined}
          onSubmit={(reason) =>
            cancel.mutate({ ...filter, ...(reason && { reason }) }, { onSuccess: () => setConfirming(false) })
          }
          onClose={() => setConfirming(false)}
        />
      )}
    </section>
  );
}

function resultMessage({ count, notReached, more }: Cancelled): string {
  const sentences = [`Cancelling ${counted(count, 'generation')}.`];
  if (notReached.length > 0)
    sentences.push(`${counted(notReached.length, 'generation')} could not be reached. Try again.`);
  if (more) sentences.push('More generations match. Cancel again to include them.');
  return sentences.join(' ');
}
