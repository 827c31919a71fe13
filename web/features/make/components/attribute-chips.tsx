import { useController } from 'react-hook-form';
import { ATTRIBUTE_CHOICES } from '../attribute-choices.ts';
import type { MakeForm } from '../hooks/use-make-form.ts';
import { AttributeChip } from './attribute-chip.tsx';

export function AttributeChips({ form }: { readonly form: MakeForm }) {
  const { field } = useController({ control: form.control, name: 'attributes' });
  const set = ATTRIBUTE_CHOICES.filter(({ name }) => field.value[name]).length;
  return (
    <section aria-labelledby="attributes-title">
      <h3 id="attributes-title" className="mb-2 flex justify-between text-13">
        Attributes
        <span className="num font-regular text-ink-3">
          {set} of {ATTRIBUTE_CHOICES.length} set
        </span>
      </h3>
      <div className="flex flex-wrap gap-2">
        {ATTRIBUTE_CHOICES.map((choice) => (
          <AttributeChip
            key={choice.name}
            choice={choice}
            value={field.value[choice.name] ?? ''}
            onChange={(value) => field.onChange({ ...field.value, [choice.name]: value })}
          />
        ))}
      </div>
    </section>
  );
}
