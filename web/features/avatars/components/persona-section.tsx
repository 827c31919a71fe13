import { IdCard, PencilLine } from 'lucide-react';
import { toast } from 'sonner';
import type { Avatar } from '#contract/avatar.ts';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { messageOf } from '#web/http/request-failed.ts';
import { useDownloadPersonaCard } from '../api/use-downloads.ts';
import { AvatarSection } from './avatar-section.tsx';
import { Fact, FactList } from './fact-list.tsx';

/** The persona on an avatar's page; edited in persona-dialog.tsx. */
export function PersonaSection({
  avatar: { id, persona },
  editHref,
}: {
  readonly avatar: Avatar;
  readonly editHref: string;
}) {
  const { name, age, personality = [], background } = persona;
  const card = useDownloadPersonaCard(id);
  const saveCard = () => card.mutate(undefined, { onError: (error) => void toast.error(messageOf(error)) });
  const empty = !name && age === undefined && personality.length === 0 && !background;
  return (
    <AvatarSection
      title="Persona"
      aside={
        <span className="-mr-2 flex">
          <Button tone="bare" icon disabled={card.isPending} onClick={saveCard} aria-label="Download persona card">
            <IdCard size={16} strokeWidth={1.5} aria-hidden="true" />
          </Button>
          <ButtonLink to={editHref} preventScrollReset tone="bare" icon aria-label="Edit persona">
            <PencilLine size={16} strokeWidth={1.5} aria-hidden="true" />
          </ButtonLink>
        </span>
      }
    >
      {empty && <p className="text-13 text-ink-3">No persona yet.</p>}
      <FactList>
        <Fact term="Name">{name}</Fact>
        <Fact term="Age">{age}</Fact>
        <Fact term="Personality">{personality.join(', ')}</Fact>
      </FactList>
      {background && (
        <p dir="auto" className="mt-2 text-13 leading-body text-pretty whitespace-pre-line text-ink-2">
          {background}
        </p>
      )}
    </AvatarSection>
  );
}
