import type { Avatar } from '#contract/avatar.ts';
import type { AvatarDialogHref } from './avatar-actions.tsx';
import { AttributesSection } from './attributes-section.tsx';
import { DetailsSection } from './details-section.tsx';
import { PersonaSection } from './persona-section.tsx';
import { SimilarSection } from './similar-section.tsx';
import { UsedBySection } from './used-by-section.tsx';

/** All information on an avatar's page, next to the image. */
export function AvatarSections({
  avatar,
  dialogHref,
}: {
  readonly avatar: Avatar;
  readonly dialogHref: AvatarDialogHref;
}) {
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-5 sm:col-start-2 xl:grid-cols-2">
      <PersonaSection avatar={avatar} editHref={dialogHref('persona')} />
      <AttributesSection avatar={avatar} editHref={dialogHref('attributes')} />
      <DetailsSection avatar={avatar} />
      <UsedBySection avatar={avatar} />
      <SimilarSection avatarId={avatar.id} />
    </div>
  );
}
