import { useController } from 'react-hook-form';
import { AttributeChips } from '#web/components/attributes/attribute-chips.tsx';
import { ATTRIBUTE_CHOICES } from '#web/components/attributes/attribute-choices.ts';
import type { CreateAvatarForm } from '../hooks/use-create-avatar-form.ts';

/** The visual attributes, with a count of those that are set. */
export function AttributeFields({ form }: { readonly form: CreateAvatarForm }) {
  const { field } = useController({ control: form.control, name: 'attributes' });
  const setCount = ATTRIBUTE_CHOICES.filter(({ name }) => field.value[name]).length;
  return (
    <section aria-labelledby="attributes-title">
      <h3 id="attributes-title" className="mb-2 flex justify-between text-13">
        Attributes
        <span className="num font-regular text-ink-3">
          {setCount} of {ATTRIBUTE_CHOICES.length} set
        </span>
      </h3>
      <AttributeChips values={field.value} onChange={field.onChange} />
    </section>
  );
}
