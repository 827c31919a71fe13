import { BookmarkPlus, Download, Layers, type LucideIcon, Palette, ScanFace, Trash2 } from 'lucide-react';
import type { ReferenceMode } from '#domain/generation/mode.ts';
import { Button, ButtonLink } from '#web/components/button.tsx';

interface AvatarActionsProps {
  /** The avatar's path; the create dialog opens under it. */
  readonly path: string;
  /** What a configured model can do with the image, most common first. */
  readonly modes: readonly ReferenceMode[];
  /** Without the accent color, because an open dialog has the primary action. */
  readonly quiet: boolean;
  /** False while the image is being reviewed or is taken down. */
  readonly hasImage: boolean;
  readonly busy: 'download' | 'preset' | undefined;
  readonly onDownload: () => void;
  readonly onPreset: () => void;
  readonly onTrash: () => void;
}

const MODES: Readonly<Record<ReferenceMode, { readonly Icon: LucideIcon; readonly label: string }>> = {
  variation: { Icon: Layers, label: 'Create variations' },
  style: { Icon: Palette, label: 'Restyle' },
  reference: { Icon: ScanFace, label: 'Use as reference' },
};
const ICON = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const;

/** Actions on an avatar, most common first. */
export function AvatarActions({
  path,
  modes,
  quiet,
  hasImage,
  busy,
  onDownload,
  onPreset,
  onTrash,
}: AvatarActionsProps) {
  return (
    <div
      role="group"
      aria-label="Avatar actions"
      className="flex flex-wrap gap-2 *:gap-1.5 *:px-2.5 *:text-13 max-sm:grid max-sm:grid-cols-2"
    >
      {hasImage && (
        <>
          {modes.map((mode, index) => {
            const { Icon, label } = MODES[mode];
            return (
              <ButtonLink
                key={mode}
                to={`${path}/new?mode=${mode}`}
                preventScrollReset
                tone={index === 0 && !quiet ? 'go' : 'plain'}
              >
                <Icon {...ICON} /> {label}
              </ButtonLink>
            );
          })}
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
