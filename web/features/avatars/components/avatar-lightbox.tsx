import { ChevronDown, Download } from 'lucide-react';
import type { Avatar } from '#contract/avatar.ts';
import { Menu } from '#web/components/menu.tsx';
import { useRenewAddresses } from '#web/live/use-renew-addresses.ts';
import { useMarkAvatar } from '../api/use-mark-avatar.ts';
import { DownloadItems } from './download-items.tsx';
import { FavoriteButton } from './favorite-button.tsx';
import { useDownloadImage } from '../api/use-downloads.ts';
import { Lightbox } from 'yet-another-react-lightbox';
import Zoom from 'yet-another-react-lightbox/plugins/zoom';
import 'yet-another-react-lightbox/styles.css';

/** Maximum zoom, in multiples of the image's own pixels. */
const ZOOM_MAX = 3;

interface AvatarLightboxProps {
  readonly avatars: readonly Avatar[];
  readonly shownId: string;
  readonly onShow: (avatarId: string) => void;
  readonly onClose: () => void;
}

/** The image in full size; arrows and swipes lead to its neighbors. Loaded on demand. */
export function AvatarLightbox({ avatars, shownId, onShow, onClose }: AvatarLightboxProps) {
  const { download, downloading } = useDownloadImage();
  const renewAddress = useRenewAddresses();
  const shown = avatars.filter(({ imageUrl }) => imageUrl !== null);
  const current = shown.find(({ id }) => id === shownId);
  const mark = useMarkAvatar();
  const slides = shown.map(({ imageUrl, name, width, height }) => ({ src: imageUrl ?? '', alt: name, width, height }));
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  return (
    <Lightbox
      open
      close={onClose}
      slides={slides}
      index={Math.max(
        0,
        shown.findIndex(({ id }) => id === shownId),
      )}
      on={{
        view: ({ index }) => {
          const next = shown[index];
          if (next && next.id !== shownId) onShow(next.id);
        },
      }}
      toolbar={{
        buttons: [
          current && (
            <FavoriteButton
              key="favorite"
              name={current.name}
              favorite={current.favorite}
              size={24}
              onChange={(favorite) => mark(current, { favorite })}
              className="yarl__button"
            />
          ),
          <button
            key="download"
            type="button"
            aria-label="Download"
            disabled={downloading}
            onClick={() => current && download(current)}
            className="yarl__button"
          >
            <Download size={24} strokeWidth={1.5} aria-hidden="true" />
          </button>,
          <span key="download-as" className="flex items-center text-14 text-ink">
            <Menu
              trigger={<button type="button" aria-label="Download as" className="yarl__button" />}
              label={<ChevronDown size={24} strokeWidth={1.5} aria-hidden="true" />}
            >
              <DownloadItems onChoose={(choice) => current && download(current, choice)} />
            </Menu>
          </span>,
          'close',
        ],
      }}
      plugins={[Zoom]}
      zoom={{ maxZoomPixelRatio: ZOOM_MAX }}
      carousel={{
        finite: true,
        preload: 1,
        imageProps: { onErrorCapture: ({ currentTarget }) => renewAddress(currentTarget.src) },
      }}
      controller={{ closeOnBackdropClick: true }}
      {...(still && { animation: { fade: 0, swipe: 0, navigation: 0 } })}
    />
  );
}
