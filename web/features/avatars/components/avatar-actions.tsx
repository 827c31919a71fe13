import { BookmarkPlus, Download, Layers, Palette, ScanFace, Trash2 } from 'lucide-react';
import { Button, ButtonLink } from '#web/components/button.tsx';

interface AvatarActionsProps {
  /** The avatar's path; the create dialog opens under it. */
  readonly path: string;
  /** Without the accent color, because an open dialog has the primary action. */
  readonly quiet: boolean;
  /** False while the image is being reviewed. */
  readonly hasImage: boolean;
  readonly busy: 'download' | 'preset' | undefined;
  readonly onDownload: () => void;
  readonly onPreset: () => void;
  readonly onTrash: () => void;
}

const ICON = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const;

/** Actions on an avatar, most common first. */
export function AvatarActions({ path, quiet, hasImage, busy, onDownload, onPreset, onTrash }: AvatarActionsProps) {
  return (
    <div
      role="group"
      aria-label="Avatar actions"
      className="flex flex-wrap gap-2 *:gap-1.5 *:px-2.5 *:text-13 max-sm:grid max-sm:grid-cols-2"
    >
      {hasImage && (
        <>
          <ButtonLink to={`${path}/new?mode=variation`} preventScrollReset tone={quiet ? 'plain' : 'go'}>
            <Layers {...ICON} /> Create variations
          </ButtonLink>
          <ButtonLink to={`${path}/new?mode=style`} preventScrollReset>
            <Palette {...ICON} /> Restyle
          </ButtonLink>
          <ButtonLink to={`${path}/new?mode=reference`} preventScrollReset>
            <ScanFace {...ICON} /> Use as reference
          </ButtonLink>
          <Button onClick={onDownload} disabled={busy === 'download'}>
            <Download {...ICON} /> Download
          </Button>
          <Button onClick={onPreset} disabled={busy === 'preset'}>
            <BookmarkPlus {...ICON} /> Save as preset
          </Button>
        </>
      )}
      <Button onClick={onTrash}>
        <Trash2 {...ICON} /> Delete
      </Button>
    </div>
  );
}
