import { fits, lengthOf } from '#domain/text/characters.ts';
import { formatCount } from '#web/format/count.ts';

/** The length is shown from this share of the limit on. */
const SHOWN_FROM = 0.8;

interface LengthNoteProps {
  readonly text: string;
  /** Characters. */
  readonly max: number;
}

/** Below a field: how much of its limit the text uses. A text that is too long is told, never cut. */
export function LengthNote({ text, max }: LengthNoteProps) {
  const length = lengthOf(text);
  if (!fits(text, max)) {
    return (
      <p role="alert" className="num text-13 text-bad">
        {formatCount(length)} of {formatCount(max)} characters: too long
      </p>
    );
  }
  if (length < max * SHOWN_FROM) return null;
  return (
    <p className="num text-13 text-ink-3">
      {formatCount(length)} of {formatCount(max)} characters
    </p>
  );
}
