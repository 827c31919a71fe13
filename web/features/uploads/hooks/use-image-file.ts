import { useEffect, useEffectEvent, useState } from 'react';
import { UPLOAD_MIN_SIDE_PX } from '#domain/generation/upload.ts';

export interface ImageFile {
  readonly file: File;
  /** Of the bytes in this tab. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** The chosen image, looked at before anything is sent. Pasting one chooses it too. */
export function useImageFile() {
  const [image, setImage] = useState<ImageFile>();
  const [problem, setFault] = useState<string>();
  const url = image?.url;
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);

  const choose = async (file: File) => {
    setFault(undefined);
    const address = URL.createObjectURL(file);
    const element = new Image();
    element.src = address;
    const readable = await element.decode().then(
      () => true,
      () => false,
    );
    const { naturalWidth: width, naturalHeight: height } = element;
    const wrong = !readable
      ? 'This file can’t be read as an image.'
      : Math.min(width, height) < UPLOAD_MIN_SIDE_PX
        ? `This image is ${width} × ${height} px. It needs at least ${UPLOAD_MIN_SIDE_PX} px on each side.`
        : undefined;
    if (wrong === undefined) return setImage({ file, url: address, width, height });
    URL.revokeObjectURL(address);
    setFault(wrong);
  };
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const [file] = event.clipboardData?.files ?? [];
    if (file) void choose(file);
  });
  useEffect(() => {
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);
  return { image, fault: problem, choose, reject: setFault, clear: () => setImage(undefined) };
}
