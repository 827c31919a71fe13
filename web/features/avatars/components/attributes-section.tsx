import { PencilLine } from 'lucide-react';
import type { Avatar } from '#contract/avatar.ts';
import { EYE_COLORS, HAIR_COLORS, SKIN_TONES } from '#domain/persona/attributes.ts';
import { ButtonLink } from '#web/components/button.tsx';
import { formatCount } from '#web/format/count.ts';
import { AvatarSection } from './avatar-section.tsx';
import { Fact, FactList } from './fact-list.tsx';

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
        <Fact term="Gender">{attributes.gender}</Fact>
        <Fact term="Age range">{attributes.ageRange}</Fact>
        <Fact term="Skin" hex={hexOf(SKIN_TONES, attributes.skinTone)}>
          {attributes.skinTone}
        </Fact>
        <Fact term="Hair" hex={hexOf(HAIR_COLORS, attributes.hairColor)}>
          {[attributes.hairColor, attributes.hairStyle].filter(Boolean).join(', ')}
        </Fact>
        <Fact term="Eyes" hex={hexOf(EYE_COLORS, attributes.eyeColor)}>
          {attributes.eyeColor}
        </Fact>
        <Fact term="Build">{attributes.bodyType}</Fact>
        <Fact term="Ethnicity">{attributes.ethnicity}</Fact>
        <Fact term="Size">{`${formatCount(width)} × ${formatCount(height)} px`}</Fact>
      </FactList>
    </AvatarSection>
  );
}

function hexOf(swatches: readonly { value: string; hex: string }[], value: string | undefined): string | undefined {
  return swatches.find((swatch) => swatch.value === value)?.hex;
}
