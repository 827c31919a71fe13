import { Link } from 'react-router';
import type { Avatar } from '../../../../contract/avatar.ts';
import { Picture } from '../../../components/picture.tsx';
import { sourceWord, styleWord } from '../avatar-words.ts';

interface AvatarTileProps {
  readonly avatar: Avatar;
  readonly onBroken: () => void;
}

export function AvatarTile({ avatar, onBroken }: AvatarTileProps) {
  const style = styleWord(avatar);
  return (
    <Link
      to={`/projects/${avatar.projectId}/avatars/${avatar.id}`}
      className="block min-w-0 rounded-picture outline-offset-2"
    >
      <Picture
        src={avatar.thumbnailUrl}
        placeholder={avatar.placeholder}
        alt=""
        onBroken={onBroken}
        className="aspect-square rounded-picture"
      />
      <span className="mt-2 block truncate text-13 leading-tight">{avatar.name}</span>
      <span className="block truncate text-12 leading-tight text-ink-3">
        {style ?? sourceWord(avatar.sourceType)}
        {style && <span className="max-sm:hidden"> · {sourceWord(avatar.sourceType)}</span>}
      </span>
    </Link>
  );
}
