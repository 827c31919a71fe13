import { PencilLine } from 'lucide-react';
import type { Avatar } from '../../../../contract/avatar.ts';
import { ButtonLink } from '../../../components/button.tsx';
import { Fact, FactList, SheetSection } from './fact-list.tsx';

/** Who it is. */
export function PersonaSection({
  avatar: { persona },
  editHref,
}: {
  readonly avatar: Avatar;
  readonly editHref: string;
}) {
  const { name, age, personality = [], background } = persona;
  const empty = !name && age === undefined && personality.length === 0 && !background;
  return (
    <SheetSection
      title="Persona"
      aside={
        <ButtonLink to={editHref} preventScrollReset tone="bare" icon className="-mr-2" aria-label="Change the persona">
          <PencilLine size={16} strokeWidth={1.5} aria-hidden="true" />
        </ButtonLink>
      }
    >
      {empty && <p className="text-13 text-ink-3">Nobody has said yet who this is.</p>}
      <FactList>
        <Fact term="Name">{name}</Fact>
        <Fact term="Age">{age}</Fact>
        <Fact term="Character">{personality.join(', ')}</Fact>
      </FactList>
      {background && (
        <p dir="auto" className="mt-2 text-13 leading-body text-pretty break-words whitespace-pre-line text-ink-2">
          {background}
        </p>
      )}
    </SheetSection>
  );
}
