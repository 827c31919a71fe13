import { Workflow } from 'lucide-react';
import type { Generation } from '#contract/generation.ts';
import { isolated } from '#domain/text/isolated.ts';
import { ButtonLink } from '#web/components/button.tsx';

/** Opens the diagnosis of a generation. For admins only. */
export function DiagnoseLink({ generation: { id, name } }: { readonly generation: Generation }) {
  return (
    <ButtonLink tone="bare" size="small" to={`/admin/generations/${id}`} aria-label={`Diagnose ${isolated(name)}`}>
      <Workflow size={16} strokeWidth={1.5} aria-hidden="true" /> <span className="max-sm:hidden">Diagnose</span>
    </ButtonLink>
  );
}
