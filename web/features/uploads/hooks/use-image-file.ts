import { useEffect, useRef, useState } from 'react';
import { messageOf, RequestFailed } from '#web/http/request-failed.ts';
import { type InspectedImage, useInspectImage } from '../api/use-inspect-image.ts';
import { disagreement, type ImageFile, readImageFile, UnusableFile } from '../image-file.ts';
import { centeredSquare } from '../square-crop.ts';

interface ChosenImage {
  readonly image: ImageFile;
  /** What the API understood; undefined until it has answered. */
  readonly understood: InspectedImage | undefined;
}

/**
 * The chosen, dropped or pasted image, checked here and by the API before anything is paid. A file that is refused leaves the earlier
 * choice as it is.
 *
 * @param isLocked while an image is sent: nothing can be chosen
 */
export function useImageFile(isLocked: boolean) {
  const [chosen, setChosen] = useState<ChosenImage>();
  const [problem, setProblem] = useState<string>();
  const [isReading, setIsReading] = useState(false);
  const inspection = useInspectImage();
  const choices = useRef(0);
  const urls = useRef<string[]>([]);
  useEffect(() => () => urls.current.forEach((url) => URL.revokeObjectURL(url)), []);

  const inspect = (image: ImageFile, earlier: ChosenImage | undefined) =>
    inspection.mutate(image.bytes, {
      onSuccess: (understood) => {
        const fault = disagreement(image, understood);
        setChosen(fault === undefined ? { image, understood } : earlier);
        if (fault !== undefined) setProblem(fault);
      },
      onError: (error) => {
        if (isRefused(error)) setChosen(earlier);
        setProblem(messageOf(error));
      },
    });

  const choose = async (file: File) => {
    if (isLocked) return;
    const choice = (choices.current += 1);
    setProblem(undefined);
    setIsReading(true);
    try {
      const image = await readImageFile(file, centeredSquare);
      urls.current.push(image.url);
      if (choice !== choices.current) return;
      setChosen({ image, understood: undefined });
      inspect(image, chosen?.understood && chosen);
    } catch (error) {
      if (choice === choices.current) setProblem(error instanceof UnusableFile ? error.message : messageOf(error));
    } finally {
      if (choice === choices.current) setIsReading(false);
    }
  };

  const checkAgain = () => {
    if (!chosen) return;
    setProblem(undefined);
    inspect(chosen.image, undefined);
  };

  return { ...chosen, isReading, isChecking: inspection.isPending, problem, choose, checkAgain };
}

/** The image is at fault, so checking it again is no use. */
function isRefused(error: Error): boolean {
  return error instanceof RequestFailed && !error.retryable && error.status >= 400 && error.status < 500;
}
