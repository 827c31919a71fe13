import { Link } from 'react-router';
import { AvatarImage } from '#web/components/avatar-image.tsx';
import { avatarPath } from '#web/components/avatar-path.ts';
import { useSimilar } from '../api/use-avatar-details.ts';
import { AvatarSection } from './avatar-section.tsx';

const SHOWN = 4;

/** The user's avatars that look similar to this one. */
export function SimilarSection({ avatarId }: { readonly avatarId: string }) {
  const query = useSimilar(avatarId);
  const similar = query.data?.slice(0, SHOWN) ?? [];
  return (
    <AvatarSection title="Similar avatars">
      {query.isPending && (
        <div role="status" aria-label="Loading similar avatars" className="grid grid-cols-4 gap-2">
          <span className="aspect-square rounded-control bg-sunken" />
        </div>
      )}
      {query.isSuccess && similar.length === 0 && <p className="text-13 text-ink-3">No similar avatars.</p>}
      {query.isError && (
        <button type="button" className="min-h-11 text-13 underline" onClick={() => void query.refetch()}>
          Similar avatars could not be loaded. Try again
        </button>
      )}
      <ul className="grid grid-cols-4 gap-2">
        {similar.map(({ id, projectId, name, thumbnailUrl, placeholder }) => (
          <li key={id}>
            <Link to={avatarPath({ projectId, id })} title={name} className="block rounded-control">
              <AvatarImage
                src={thumbnailUrl}
                placeholder={placeholder}
                alt={name}
                className="aspect-square rounded-control"
              />
            </Link>
          </li>
        ))}
      </ul>
    </AvatarSection>
  );
}
