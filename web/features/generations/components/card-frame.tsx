import { Ban, Brush, HardDriveDownload, Hourglass, type LucideIcon, ScanEye, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import type { Generation } from '#contract/generation.ts';
import { isolated } from '#domain/text/isolated.ts';
import { cx } from '#web/components/class-names.ts';
import { AvatarImage } from '#web/components/avatar-image.tsx';
import { avatarPath } from '#web/components/avatar-path.ts';
import { formatCount, ordinalSuffix } from '#web/format/count.ts';

interface CardFrameProps {
  readonly generation: Generation;
  readonly className?: string;
  /** The image leads to the avatar. */
  readonly linked?: boolean;
}

/** The square of a card: the queue position, the stage, the image, or an error icon. */
export function CardFrame({ generation, className, linked = false }: CardFrameProps) {
  const { status, queue, avatar } = generation;
  return (
    <div
      className={cx(
        'relative grid aspect-square place-items-center self-start overflow-hidden rounded-control bg-well',
        status === 'failed' || generation.refusal ? 'text-bad' : 'text-ink-3',
        className,
      )}
    >
      {avatar?.thumbnailUrl ? (
        <AvatarImage
          src={avatar.thumbnailUrl}
          takenDown={avatar.review === 'taken_down'}
          placeholder={avatar.placeholder}
          alt={avatar.name}
          eager
          className="absolute inset-0"
        />
      ) : status === 'pending' && queue ? (
        <span aria-hidden="true" className="num text-20 text-ink-2 sm:text-28">
          {formatCount(queue.position)}
          <sup className="top-0 ml-px align-[0.5em] text-12 sm:align-[0.75em]">{ordinalSuffix(queue.position)}</sup>
        </span>
      ) : (
        <FrameIcon icon={iconOf(generation)} />
      )}
      {/* Over the image, not around it: nothing is mounted again when the link appears. */}
      {linked && avatar && (
        <Link
          to={avatarPath(avatar)}
          aria-label={`Open ${isolated(avatar.name)}`}
          className="absolute inset-0 rounded-control -outline-offset-2"
        />
      )}
      {status === 'processing' && (
        <span className="stage-bar absolute inset-x-0 bottom-0 h-[3px] overflow-hidden bg-line" aria-hidden="true" />
      )}
    </div>
  );
}

function FrameIcon({ icon: Icon }: { readonly icon: LucideIcon }) {
  return <Icon size={20} strokeWidth={1.5} aria-hidden="true" />;
}

function iconOf({ status, stage, refusal, avatar }: Generation): LucideIcon {
  if (avatar) return ScanEye; // the image is hidden until it has been reviewed
  if (status === 'failed' || refusal) return TriangleAlert;
  if (status === 'cancelled') return Ban;
  if (status !== 'processing') return Hourglass;
  if (stage === 'checking') return ScanEye;
  return stage === 'saving' || stage === 'recording' ? HardDriveDownload : Brush;
}
