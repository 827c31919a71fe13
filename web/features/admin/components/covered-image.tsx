import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { cx } from '#web/components/class-names.ts';
import { AvatarImage } from '#web/components/avatar-image.tsx';

interface CoveredImageProps {
  readonly src: string;
  readonly alt: string;
}

/** An image that awaits review, blurred until the admin chooses to see it. */
export function CoveredImage({ src, alt }: CoveredImageProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="grid gap-2">
      <div className="aspect-square overflow-hidden rounded-image bg-sunken">
        <AvatarImage
          src={src}
          placeholder={null}
          alt={shown ? alt : 'Covered image'}
          className={cx('size-full', !shown && 'blur-2xl')}
        />
      </div>
      <Button size="small" aria-pressed={shown} onClick={() => setShown(!shown)}>
        <Icon size={16} strokeWidth={1.5} aria-hidden="true" /> {shown ? 'Cover the image' : 'Show the image'}
      </Button>
    </div>
  );
}
