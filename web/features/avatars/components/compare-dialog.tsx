import { useRef } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import { AvatarImage } from '#web/components/avatar-image.tsx';
import { avatarPath } from '#web/components/avatar-path.ts';
import { cx } from '#web/components/class-names.ts';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { ButtonLink } from '#web/components/button.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { useComparedAvatars } from '../api/use-compared-avatars.ts';
import { type ComparedFact, comparedFacts } from '../compared-facts.ts';

interface CompareDialogProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** Two to four avatars side by side; on a phone, one next to the other sideways. What differs between them is marked. */
export default function CompareDialog({ ids, onClose }: CompareDialogProps) {
  const { avatars, error, refetch } = useComparedAvatars(ids);
  const row = useRef<HTMLUListElement>(null);
  const known = avatars.filter((avatar) => avatar !== undefined);
  const facts = comparedFacts(known);
  return (
    <Sheet wide title="Compare" open onClose={onClose} initialFocus={row}>
      {error && <FailedRequest error={error} onRetry={refetch} />}
      <ul
        ref={row}
        aria-label="Compared avatars"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller is operated
        tabIndex={0}
        className="flex min-h-0 snap-x snap-mandatory gap-4 overflow-auto p-4 -outline-offset-2 md:p-6"
      >
        {avatars.map((avatar, index) => (
          <li key={ids[index]} className="w-[78vw] shrink-0 snap-center md:w-auto md:min-w-40 md:flex-1 md:basis-0">
            {avatar ? (
              <ComparedAvatar avatar={avatar} facts={factsOf(facts, known.indexOf(avatar))} />
            ) : (
              <span className="block aspect-square rounded-image bg-sunken" />
            )}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function factsOf(facts: readonly ComparedFact[], index: number): ComparedAvatarProps['facts'] {
  return facts.map(({ term, values, differs }) => ({ term, value: values[index], differs }));
}

interface ComparedAvatarProps {
  readonly avatar: Avatar;
  readonly facts: readonly { readonly term: string; readonly value: string | undefined; readonly differs: boolean }[];
}

function ComparedAvatar({ avatar, facts }: ComparedAvatarProps) {
  return (
    <article aria-label={avatar.name}>
      <AvatarImage
        src={avatar.imageUrl}
        takenDown={avatar.review === 'taken_down'}
        placeholder={avatar.placeholder}
        alt={avatar.name}
        className="aspect-square rounded-image"
      />
      <div className="mt-2 mb-3 flex min-h-11 items-center justify-between gap-2">
        <h3 className="min-w-0 truncate" title={avatar.name}>
          <bdi>{avatar.name}</bdi>
        </h3>
        <ButtonLink tone="bare" size="small" className="-mr-2.5 scroll-ml-[70vw]" to={avatarPath(avatar)}>
          Open
        </ButtonLink>
      </div>
      <dl className="grid gap-2 text-13">
        {facts.map(({ term, value, differs }) => (
          <div key={term} className={cx('border-l-2 pl-2', differs ? 'border-ink' : 'border-line')}>
            <dt className="text-12 text-ink-3">
              {term}
              {differs && <span className="text-ink-2"> · differs</span>}
            </dt>
            <dd dir="auto" className={cx('first-letter:uppercase', differs ? 'text-ink' : 'text-ink-2')}>
              {value ?? 'None'}
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
