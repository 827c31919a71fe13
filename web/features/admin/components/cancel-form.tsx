import { type FormEvent, useState } from 'react';
import { PROVIDERS, type ProviderName } from '#domain/provider/provider.ts';
import { Button } from '#web/components/button.tsx';
import { Picker } from '#web/components/picker.tsx';
import { counted } from '#web/format/count.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { type Cancelled, type CancelFilter, useCancelGenerations } from '../api/use-cancel-generations.ts';
import { PROVIDER_LABELS } from '../labels.ts';
import { ReasonDialog } from './reason-dialog.tsx';

const ANY = 'any';
const STATES = [
  { value: ANY, label: 'In any state' },
  { value: 'requested', label: 'Not admitted yet' },
  { value: 'pending', label: 'Waiting in queue' },
  { value: 'processing', label: 'Being painted' },
] as const;
const PAINTERS: readonly { readonly value: ProviderName | typeof ANY; readonly label: string }[] = [
  { value: ANY, label: 'By any provider' },
  ...PROVIDERS.map((value) => ({ value, label: `By ${PROVIDER_LABELS[value]}` })),
];
const AGES = [
  { value: '0', label: 'Of any age' },
  { value: '600', label: 'Older than 10 min' },
  { value: '3600', label: 'Older than 1 h' },
] as const;

/** Stops many at once: the oldest unfinished ones that fit, a hundred at a time. Their credits come back. */
export function CancelForm() {
  const [status, setStatus] = useState<(typeof STATES)[number]['value']>(ANY);
  const [provider, setProvider] = useState<ProviderName | typeof ANY>(ANY);
  const [age, setAge] = useState<(typeof AGES)[number]['value']>('600');
  const [asking, setAsking] = useState(false);
  const cancel = useCancelGenerations();
  const filter: CancelFilter = {
    olderThanSeconds: Number(age),
    ...(status !== ANY && { status }),
    ...(provider !== ANY && { provider }),
  };
  const ask = (event: FormEvent) => {
    event.preventDefault();
    cancel.reset();
    setAsking(true);
  };
  return (
    <section aria-labelledby="cancel-many">
      <h3 id="cancel-many" className="border-b border-line pb-2 text-14">
        Cancel many
      </h3>
      <form onSubmit={ask} className="flex flex-wrap items-center gap-2 py-3">
        <Picker label="State" choices={STATES} value={status} onChange={setStatus} />
        <Picker label="Provider" choices={PAINTERS} value={provider} onChange={setProvider} />
        <Picker label="Age" choices={AGES} value={age} onChange={setAge} />
        <Button type="submit">Cancel what fits</Button>
      </form>
      <p role="status" className="min-h-5 text-13 text-ink-2">
        {cancel.data && resultWords(cancel.data)}
      </p>
      {asking && (
        <ReasonDialog
          title="Cancel what fits"
          sentence="The hundred oldest unfinished generations that fit are cancelled, whoever they belong to. Their credits come back."
          label="Reason, kept in the audit (you may leave it out)"
          submit="Cancel them"
          busy={cancel.isPending}
          error={cancel.error ? messageOf(cancel.error) : undefined}
          onSubmit={(reason) =>
            cancel.mutate({ ...filter, ...(reason && { reason }) }, { onSuccess: () => setAsking(false) })
          }
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

function resultWords({ count, notReached, more }: Cancelled): string {
  const said = [`${counted(count, 'generation')} asked to stop.`];
  if (notReached.length > 0)
    said.push(`${counted(notReached.length, 'generation')} could not be reached: do it again.`);
  if (more) said.push('There are more that fit: do it again.');
  return said.join(' ');
}
