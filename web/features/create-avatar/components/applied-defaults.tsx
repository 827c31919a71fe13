import { useController } from 'react-hook-form';
import type { ProjectDefaults } from '#contract/project.ts';
import { personaLines } from '#domain/persona/persona-sheet.ts';
import { Toggle } from '#web/components/toggle.tsx';
import type { CreateAvatarForm } from '../hooks/use-create-avatar-form.ts';

interface AppliedDefaultsProps {
  readonly form: CreateAvatarForm;
  readonly defaults: ProjectDefaults | undefined;
}

/** The project defaults, and whether they apply to this avatar. Renders nothing in a project without defaults. */
export function AppliedDefaults({ form, defaults }: AppliedDefaultsProps) {
  const { field } = useController({ control: form.control, name: 'projectDefaults' });
  const { persona = {}, attributes = {}, style = null } = defaults ?? {};
  const descriptions = [
    ...personaLines({ persona, attributes, style }),
    ...(persona.background ? [persona.background] : []),
  ];
  if (descriptions.length === 0) return null;
  return (
    <section aria-labelledby="project-defaults-title" className="grid gap-1 text-13">
      <h3 id="project-defaults-title">Project defaults</h3>
      <Toggle checked={field.value} onChange={field.onChange}>
        Use project defaults
      </Toggle>
      <p className="leading-body text-pretty text-ink-2">
        <bdi>{descriptions.join('. ')}</bdi>
      </p>
    </section>
  );
}
