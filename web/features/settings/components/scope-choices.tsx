import { KEY_SCOPES } from '#contract/api-key.ts';

type KeyScope = (typeof KEY_SCOPES)[number];

export const SCOPE_LABELS: Readonly<Record<KeyScope, string>> = {
  'avatars:read': 'Read avatars, projects and credits',
  'avatars:write': 'Create and change projects, presets and avatars’ details',
  'avatars:delete': 'Delete projects, presets and avatars',
  'generations:write': 'Generate and upload avatars; spends credits',
  'generations:signal': 'Cancel generations and lower their priority',
  'usage:write': 'Record that an avatar was used',
  'webhooks:manage': 'Read and change the webhook',
};

interface ScopeChoicesProps {
  readonly value: readonly KeyScope[];
  readonly onChange: (scopes: KeyScope[]) => void;
  readonly error?: string | undefined;
}

/** What a key may do. */
export function ScopeChoices({ value, onChange, error }: ScopeChoicesProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-13 font-strong">It may</legend>
      <div className="grid">
        {KEY_SCOPES.map((scope) => (
          <label
            key={scope}
            className="flex min-h-8 cursor-pointer items-center gap-2.5 text-13 pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              checked={value.includes(scope)}
              onChange={({ target }) =>
                onChange(KEY_SCOPES.filter((other) => (other === scope ? target.checked : value.includes(other))))
              }
              className="size-4 shrink-0 accent-ink"
            />
            {SCOPE_LABELS[scope]}
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1 text-13 text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
