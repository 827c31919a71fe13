import { PencilLine } from 'lucide-react';
import type { Avatar } from '#contract/avatar.ts';
import { ATTRIBUTE_CHOICES } from '#web/components/attributes/attribute-choices.ts';
import { ButtonLink } from '#web/components/button.tsx';
import { formatCount } from '#web/format/count.ts';
import { AvatarSection } from './avatar-section.tsx';
import { Fact, FactList } from './fact-list.tsx';

/** The hair's style is shown with its color. */
const SHOWN = ATTRIBUTE_CHOICES.filter(({ name }) => name !== 'hairStyle');

/** The attributes of an avatar. */
export function AttributesSection({
  avatar: { attributes, width, height },
  editHref,
}: {
  readonly avatar: Avatar;
  readonly editHref: string;
}) {
  return (
    <AvatarSection
      title="Attributes"
      aside={
        <ButtonLink to={editHref} preventScrollReset tone="bare" icon className="-mr-2" aria-label="Edit attributes">
          <PencilLine size={16} strokeWidth={1.5} aria-hidden="true" />
        </ButtonLink>
      }
    >
      <FactList>
        {SHOWN.map(({ name, label, options }) => (
          <Fact
            key={name}
            term={name === 'ageRange' ? 'Age range' : label}
            hex={options.find(({ value }) => value === attributes[name])?.hex}
          >
            {name === 'hairColor'
              ? [attributes.hairColor, attributes.hairStyle].filter(Boolean).join(', ')
              : attributes[name]}
          </Fact>
        ))}
        <Fact term="Size">{`${formatCount(width)} × ${formatCount(height)} px`}</Fact>
      </FactList>
    </AvatarSection>
  );
}
