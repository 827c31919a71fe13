import { useController } from 'react-hook-form';
import type { ProjectDefaults } from '#contract/project.ts';
import { personaLines } from '#domain/persona/persona-sheet.ts';
import { Toggle } from '#web/components/toggle.tsx';
import type { CreateAvatarForm } from '../hooks/use-create-avatar-form.ts';

interface AppliedDefaultsProps {
  readonly form: CreateAvatarForm;
  readonly defaults: ProjectDefaults | undefined;
}

/** What everybody of the project has in common, and whether this one shares it. Nothing where nothing was said. */
export function AppliedDefaults({ form, defaults }: AppliedDefaultsProps) {
  const { field } = useController({ control: form.control, name: 'projectDefaults' });
  const { persona = {}, attributes = {}, style = null } = defaults ?? {};
  const lines = [...personaLines({ persona, attributes, style }), ...(persona.background ? [persona.background] : [])];
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="common-title" className="grid gap-1 text-13">
      <h3 id="common-title">In common</h3>
      <Toggle checked={field.value} onChange={field.onChange}>
        As the others of the project
      </Toggle>
      <p className="leading-body text-pretty text-ink-2">
        <bdi>{lines.join('. ')}</bdi>
      </p>
    </section>
  );
}
