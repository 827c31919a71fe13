import { useId, useState } from 'react';
import type { Project, ProjectDefaults } from '#contract/project.ts';
import type { Style } from '#domain/prompt/style.ts';
import { AttributeChips } from '#web/components/attributes/attribute-chips.tsx';
import { type ChosenAttributes, filledAttributes } from '#web/components/attributes/attribute-choices.ts';
import { FormFooter } from '#web/components/form-footer.tsx';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { StylePicker } from '#web/components/style-picker.tsx';
import { type PersonaDraft, personaDraft, personaOf } from '#web/features/avatars/persona-draft.ts';
import { useUpdateProject } from '../api/use-change-project.ts';

interface ProjectDefaultsDialogProps {
  readonly project: Project;
  readonly onClose: () => void;
}

/** Edits the defaults of new avatars in a project. Empty fields are not defaulted. */
export function ProjectDefaultsDialog({ project, onClose }: ProjectDefaultsDialogProps) {
  const id = useId();
  const update = useUpdateProject(project.id);
  const [style, setStyle] = useState(project.defaults.style);
  const [attributes, setAttributes] = useState<ChosenAttributes>(project.defaults.attributes ?? {});
  const [persona, setPersona] = useState(() => personaDraft(project.defaults.persona));
  const write = (field: keyof PersonaDraft) => (event: { target: { value: string } }) =>
    setPersona({ ...persona, [field]: event.target.value });
  const save = () => update.mutate({ defaults: defaultsOf(style, attributes, persona) }, { onSuccess: onClose });
  return (
    <Sheet title="Project defaults" aside={project.name} open onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        className="grid gap-5 overflow-y-auto p-4 md:p-6"
      >
        <p className="text-13 leading-body text-pretty text-ink-2">
          New avatars in this project use these defaults unless you, a preset or a reference image set something else.
        </p>
        <div className="flex items-center justify-between border-y border-line py-1 text-13">
          <span className="font-strong">Style</span>
          <StylePicker value={style} onChange={setStyle} />
        </div>
        <AttributeChips values={attributes} onChange={setAttributes} />
        <Field label="Personality" id={`${id}-personality`}>
          <input
            id={`${id}-personality`}
            value={persona.personality}
            onChange={write('personality')}
            dir="auto"
            autoComplete="off"
            placeholder="wry, watchful, loyal"
            className={FIELD_CLASS}
          />
        </Field>
        <Field label="Background" id={`${id}-background`}>
          <textarea
            id={`${id}-background`}
            value={persona.background}
            onChange={write('background')}
            dir="auto"
            rows={3}
            placeholder="A regular at the Gilded Boar."
            className={FIELD_CLASS}
          />
        </Field>
        <FormFooter
          error={update.error}
          pending={update.isPending}
          action="Save defaults"
          pendingLabel="Saving defaults"
        />
      </form>
    </Sheet>
  );
}

function defaultsOf(style: Style | undefined, chosen: ChosenAttributes, draft: PersonaDraft): ProjectDefaults {
  const { name: _, ...persona } = personaOf(draft);
  const attributes = filledAttributes(chosen);
  return {
    ...(style && { style }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(Object.keys(persona).length > 0 && { persona }),
  };
}
