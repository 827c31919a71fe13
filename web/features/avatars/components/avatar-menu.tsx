import { Copy, Download, Heart, Maximize2, Sprout, TextCursorInput } from 'lucide-react';
import { useSearchParams } from 'react-router';
import type { Avatar } from '#contract/avatar.ts';
import { isolated } from '#domain/text/isolated.ts';
import { avatarPath } from '#web/components/avatar-path.ts';
import { AnchoredMenu, MenuItem, MenuLink, MenuSeparator, Submenu } from '#web/components/menu.tsx';
import { copyText } from '#web/components/copy-text.ts';
import { useDownloadImage } from '../api/use-downloads.ts';
import { useMarkAvatar } from '../api/use-mark-avatar.ts';
import { filterSearch } from '../gallery-filters.ts';
import { useOfferedModes } from '../hooks/use-offered-modes.ts';
import { MODE_ACTIONS } from '../mode-actions.ts';
import { DownloadItems } from './download-items.tsx';

interface AvatarMenuProps {
  readonly avatar: Avatar;
  /** The element that the menu belongs to; it gets the focus back. */
  readonly anchor: HTMLElement;
  readonly onClose: () => void;
}

/** What can be done with an avatar where it is shown small. Loaded on demand. */
export default function AvatarMenu({ avatar, anchor, onClose }: AvatarMenuProps) {
  const mark = useMarkAvatar();
  const { download } = useDownloadImage();
  const modes = useOfferedModes(avatar);
  const path = avatarPath(avatar);
  const [params] = useSearchParams();
  const { prompt, seed } = avatar.generation;
  return (
    <AnchoredMenu label={`Actions for ${isolated(avatar.name)}`} anchor={anchor} onClose={onClose}>
      <MenuLink icon={Maximize2} to={`${path}${filterSearch(params)}`}>
        Open
      </MenuLink>
      <MenuItem icon={Heart} onClick={() => mark(avatar, { favorite: !avatar.favorite })}>
        {avatar.favorite ? 'Remove from favorites' : 'Mark as favorite'}
      </MenuItem>
      {avatar.imageUrl !== null && (
        <>
          {modes.map((mode) => (
            <MenuLink key={mode} icon={MODE_ACTIONS[mode].icon} to={`${path}/new${filterSearch(params, { mode })}`}>
              {MODE_ACTIONS[mode].label}
            </MenuLink>
          ))}
          <Submenu icon={Download} label="Download">
            <DownloadItems onChoose={(choice) => download(avatar, choice)} />
          </Submenu>
        </>
      )}
      {(prompt || seed !== null) && <MenuSeparator />}
      {prompt && (
        <MenuLink icon={TextCursorInput} to={`/projects/${avatar.projectId}/new?from=${avatar.generation.id}`}>
          Use this prompt
        </MenuLink>
      )}
      {prompt && (
        <MenuItem icon={Copy} onClick={() => void copyText(prompt, 'Prompt copied')}>
          Copy prompt
        </MenuItem>
      )}
      {seed !== null && (
        <MenuItem icon={Sprout} onClick={() => void copyText(String(seed), 'Seed copied')}>
          Copy seed
        </MenuItem>
      )}
    </AnchoredMenu>
  );
}
