import { Workflow } from 'lucide-react';
import type { Generation } from '#contract/generation.ts';
import { ButtonLink } from '#web/components/button.tsx';

/** For the studio's own people: why it is where it is, and from there into Temporal. */
export function DiagnoseLink({ generation: { id, name } }: { readonly generation: Generation }) {
  return (
    <ButtonLink tone="bare" size="small" to={`/admin/generations/${id}`} aria-label={`Why ${name} is where it is`}>
      <Workflow size={16} strokeWidth={1.5} aria-hidden="true" /> <span className="max-sm:hidden">Why</span>
    </ButtonLink>
  );
}
