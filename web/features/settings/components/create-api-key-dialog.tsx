import { zodResolver } from '@hookform/resolvers/zod';
import { useController, useForm } from 'react-hook-form';
import { createApiKey } from '#contract/api-key.ts';
import { Button } from '#web/components/button.tsx';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { Segmented } from '#web/components/segmented.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { messageOf } from '#web/http/request-failed.ts';
import { type CreateApiKey, useCreateApiKey } from '../api/use-api-keys.ts';
import { ScopeChoices } from './scope-choices.tsx';

const LIFETIMES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
] as const;
const DEFAULTS: CreateApiKey = { name: '', scopes: ['avatars:read'], expiresInDays: 90 };

interface CreateApiKeyDialogProps {
  /** Called with the key, which is not readable again. */
  readonly onCreated: (key: string) => void;
  readonly onClose: () => void;
}

/** Creates an API key: its name, what it may do, and for how long. */
export function CreateApiKeyDialog({ onCreated, onClose }: CreateApiKeyDialogProps) {
  const create = useCreateApiKey();
  const { register, handleSubmit, formState, control } = useForm<CreateApiKey, unknown, CreateApiKey>({
    resolver: zodResolver(createApiKey),
    defaultValues: DEFAULTS,
  });
  const { field: scopes } = useController({ control, name: 'scopes' });
  const { field: days } = useController({ control, name: 'expiresInDays' });
  const { errors } = formState;
  const submit = handleSubmit((body) => create.mutate(body, { onSuccess: ({ key }) => onCreated(key) }));
  return (
    <Sheet title="Create API key" open onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-4 overflow-y-auto p-4 md:p-6">
        <Field label="Name" id="api-key-name" error={errors.name && 'Say what the key is for.'}>
          <input
            {...register('name')}
            id="api-key-name"
            autoComplete="off"
            placeholder="Newsletter script"
            aria-invalid={Boolean(errors.name)}
            aria-describedby="api-key-name-error"
            className={FIELD_CLASS}
          />
        </Field>
        <ScopeChoices value={scopes.value} onChange={scopes.onChange} error={errors.scopes && 'Choose at least one.'} />
        <div className="grid gap-1.5">
          <span className="text-13 font-strong">It works for</span>
          <Segmented
            label="It works for"
            options={LIFETIMES}
            value={String(days.value) as (typeof LIFETIMES)[number]['value']}
            onChange={(value) => days.onChange(Number(value))}
          />
        </div>
        {create.error && (
          <p role="alert" className="text-13 text-bad">
            {messageOf(create.error)}
          </p>
        )}
        <Button type="submit" tone="go" size="large" disabled={create.isPending}>
          {create.isPending ? 'Creating key' : 'Create key'}
        </Button>
      </form>
    </Sheet>
  );
}
