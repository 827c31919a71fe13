import { useController } from 'react-hook-form';
import { API_KEY_DAYS_MAX } from '#domain/account/api-key.ts';
import { createApiKey } from '#contract/api-key.ts';
import { TextField } from '#web/components/field.tsx';
import { FormFooter } from '#web/components/form-footer.tsx';
import { Segmented } from '#web/components/segmented.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { useSchemaForm } from '#web/hooks/use-schema-form.ts';
import { type CreateApiKey, useCreateApiKey } from '../api/use-api-keys.ts';
import { SCOPE_LABELS } from '../labels.ts';
import { CheckboxGroup } from './checkbox-group.tsx';

const LIFETIMES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: `${API_KEY_DAYS_MAX}`, label: '1 year' },
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
  const { register, handleSubmit, formState, control } = useSchemaForm(createApiKey, DEFAULTS);
  const { field: scopes } = useController({ control, name: 'scopes' });
  const { field: days } = useController({ control, name: 'expiresInDays' });
  const { errors } = formState;
  const submit = handleSubmit((body) => create.mutate(body, { onSuccess: ({ key }) => onCreated(key) }));
  return (
    <Sheet title="Create API key" open onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-4 overflow-y-auto p-4 md:p-6">
        <TextField
          {...register('name')}
          label="Name"
          id="api-key-name"
          placeholder="Newsletter script"
          error={errors.name && 'Say what the key is for.'}
        />
        <CheckboxGroup
          legend="Permissions"
          labels={SCOPE_LABELS}
          value={scopes.value}
          onChange={scopes.onChange}
          error={errors.scopes && 'Choose at least one.'}
        />
        <div className="grid justify-items-start gap-2">
          <span aria-hidden="true" className="text-13 font-strong">
            Expires after
          </span>
          <Segmented
            label="Expires after"
            options={LIFETIMES}
            value={String(days.value) as (typeof LIFETIMES)[number]['value']}
            onChange={(value) => days.onChange(Number(value))}
          />
        </div>
        <FormFooter error={create.error} pending={create.isPending} action="Create key" pendingLabel="Creating key" />
      </form>
    </Sheet>
  );
}
