import { useEffect, useEffectEvent, useState } from 'react';
import { UPLOAD_MIN_SIDE_PX } from '#domain/generation/upload.ts';

export interface ImageFile {
  readonly file: File;
  /** Object URL of the file. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** The chosen or pasted image, validated before anything is sent. */
export function useImageFile() {
  const [image, setImage] = useState<ImageFile>();
  const [problem, setProblem] = useState<string>();
  const url = image?.url;
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);

  const choose = async (file: File) => {
    setProblem(undefined);
    const objectUrl = URL.createObjectURL(file);
    const element = new Image();
    element.src = objectUrl;
    const readable = await element.decode().then(
      () => true,
      () => false,
    );
    const { naturalWidth: width, naturalHeight: height } = element;
    const message = !readable
      ? 'This file is not a readable image.'
      : Math.min(width, height) < UPLOAD_MIN_SIDE_PX
        ? `This image is ${width} × ${height} px. It needs at least ${UPLOAD_MIN_SIDE_PX} px on each side.`
        : undefined;
    if (message === undefined) return setImage({ file, url: objectUrl, width, height });
    URL.revokeObjectURL(objectUrl);
    setProblem(message);
  };
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const [file] = event.clipboardData?.files ?? [];
    if (file) void choose(file);
  });
  useEffect(() => {
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);
  return { image, problem, choose, reject: setProblem, clear: () => setImage(undefined) };
}
