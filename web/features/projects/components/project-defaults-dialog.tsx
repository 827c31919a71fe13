import { useId, useState } from 'react';
import type { Project, ProjectDefaults } from '#contract/project.ts';
import { STYLE_RULES, STYLES, type Style } from '#domain/prompt/style.ts';
import { AttributeChips, type ChosenAttributes } from '#web/components/attributes/attribute-chips.tsx';
import { FormFooter } from '#web/components/form-footer.tsx';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { Picker } from '#web/components/picker.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { type PersonaDraft, personaDraft, personaOf } from '#web/features/avatars/persona-draft.ts';
import { useUpdateProject } from '../api/use-change-project.ts';

interface ProjectDefaultsDialogProps {
  readonly project: Project;
  readonly onClose: () => void;
}

const ANY = 'any';
const STYLE_CHOICES: readonly { readonly value: Style | typeof ANY; readonly label: string }[] = [
  { value: ANY, label: 'Any' },
  ...STYLES.map((value) => ({ value, label: STYLE_RULES[value].label })),
];

/** Edits the defaults of new avatars in a project. Empty fields are not defaulted. */
export function ProjectDefaultsDialog({ project, onClose }: ProjectDefaultsDialogProps) {
  const id = useId();
  const update = useUpdateProject(project.id);
  const [style, setStyle] = useState<Style | typeof ANY>(project.defaults.style ?? ANY);
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
          <Picker compact label="Style" choices={STYLE_CHOICES} value={style} onChange={setStyle} />
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

function defaultsOf(style: Style | typeof ANY, chosen: ChosenAttributes, draft: PersonaDraft): ProjectDefaults {
  const { name: _, ...persona } = personaOf(draft);
  // The chips offer only the contract's values.
  const attributes = Object.fromEntries(
    Object.entries(chosen).filter(([, value]) => value?.trim()),
  ) as ProjectDefaults['attributes'] & object;
  return {
    ...(style !== ANY && { style }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(Object.keys(persona).length > 0 && { persona }),
  };
}
