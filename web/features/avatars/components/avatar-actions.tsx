import { BookmarkPlus, Share2, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReferenceMode } from '#domain/generation/mode.ts';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { MODE_ACTIONS } from '../mode-actions.ts';

/** The address of a dialog on the avatar's page. @param more URL parameters of the dialog */
export type AvatarDialogHref = (dialog: string, more?: Readonly<Record<string, string>>) => string;

interface AvatarActionsProps {
  readonly dialogHref: AvatarDialogHref;
  /** What a configured model can do with the image, most common first. */
  readonly modes: readonly ReferenceMode[];
  /** Without the accent color, because an open dialog has the primary action. */
  readonly quiet: boolean;
  /** False while the image is being reviewed or is taken down. */
  readonly hasImage: boolean;
  readonly savingPreset: boolean;
  readonly download: ReactNode;
  readonly onPreset: () => void;
  readonly onTrash: () => void;
}

const ICON = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const;

/** Actions on an avatar, most common first. */
export function AvatarActions({
  dialogHref,
  modes,
  quiet,
  hasImage,
  savingPreset,
  download,
  onPreset,
  onTrash,
}: AvatarActionsProps) {
  return (
    <div
      role="group"
      aria-label="Avatar actions"
      className="flex flex-wrap gap-2 [&>:is(a,button)]:gap-1.5 [&>:is(a,button)]:px-2.5 [&>:is(a,button)]:text-13 max-sm:grid max-sm:grid-cols-2"
    >
      {hasImage && (
        <>
          {modes.map((mode, index) => {
            const { icon: Icon, label } = MODE_ACTIONS[mode];
            return (
              <ButtonLink
                key={mode}
                to={dialogHref('new', { mode })}
                preventScrollReset
                tone={index === 0 && !quiet ? 'go' : 'plain'}
              >
                <Icon {...ICON} /> {label}
              </ButtonLink>
            );
          })}
          {download}
          <Button onClick={onPreset} disabled={savingPreset}>
            <BookmarkPlus {...ICON} /> Save as preset
          </Button>
          <ButtonLink to={dialogHref('share')} preventScrollReset>
            <Share2 {...ICON} /> Share
          </ButtonLink>
        </>
      )}
      <Button onClick={onTrash}>
        <Trash2 {...ICON} /> Delete
      </Button>
    </div>
  );
}
