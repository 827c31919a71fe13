import { useState } from 'react';
import { useRenewAddresses } from '../live/use-renew-addresses.ts';
import { cx } from './class-names.ts';
import { placeholderUrl } from './placeholder-url.ts';

interface AvatarImageProps {
  /** Null while the image is being reviewed or is taken down. */
  readonly src: string | null;
  readonly takenDown?: boolean;
  /** Thumbhash, base64. */
  readonly placeholder: string | null;
  /** Alternative text; empty if the adjacent text says the same. */
  readonly alt: string;
  readonly className?: string;
  readonly eager?: boolean;
}

/**
 * An image with a blurred placeholder until it has loaded. Fills its box, so nothing moves when it loads. When its address has run out,
 * the lists with that address are read again.
 */
export function AvatarImage({ src, placeholder, alt, className, eager = false, takenDown }: AvatarImageProps) {
  const renewAddress = useRenewAddresses();
  const [shown, setShown] = useState<string>();
  const [broken, setBroken] = useState<string>();
  const blurred = placeholderUrl(placeholder);
  if (src === null) {
    return (
      <span className={cx('relative grid place-items-center overflow-hidden bg-sunken text-12 text-ink-3', className)}>
        {takenDown ? 'Taken down' : 'Being reviewed'}
      </span>
    );
  }
  return (
    <span className={cx('relative block overflow-hidden bg-sunken', className)}>
      {blurred && shown !== src && broken !== src && (
        <img src={blurred} alt="" aria-hidden="true" className="absolute inset-0 size-full object-cover" />
      )}
      <img
        src={src}
        alt={alt}
        loading={eager ? 'eager' : 'lazy'}
        decoding="async"
        draggable={false}
        onLoad={() => setShown(src)}
        onError={() => {
          setBroken(src);
          renewAddress(src);
        }}
        className={cx(
          'relative size-full object-cover text-[0]',
          shown === src ? 'image-resolve' : 'opacity-0',
          broken === src && 'invisible',
        )}
      />
      {broken === src && (
        <span className="absolute inset-0 grid place-items-center text-12 text-ink-3">Not available</span>
      )}
    </span>
  );
}
