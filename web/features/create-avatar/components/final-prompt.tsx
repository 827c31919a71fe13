import { Copy } from 'lucide-react';
import { finalParts, type PromptPart } from '#domain/prompt/prompt-builder.ts';
import { Button } from '#web/components/button.tsx';
import { cx } from '#web/components/class-names.ts';
import { copyText } from '#web/components/copy-text.ts';

/** Parts without a tint: the user's own text, framing, and finish. */
const TINTS: Readonly<Partial<Record<PromptPart['from'], string>>> = {
  trait: 'bg-from-trait',
  mood: 'bg-from-trait',
  style: 'bg-from-style',
  reference: 'bg-from-style',
};

interface FinalPromptProps {
  readonly parts: readonly PromptPart[];
  /** Shown in place of the user's text until there is some. */
  readonly missingText: string;
}

/** The prompt that is sent to the provider, with each part tinted by its source. */
export function FinalPrompt({ parts, missingText }: FinalPromptProps) {
  const sentences = finalParts(parts);
  const text = sentences.map((part) => part.text).join(' ');
  return (
    <section aria-labelledby="final-prompt-title">
      <h3 id="final-prompt-title" className="mb-1 flex min-h-8 items-center justify-between text-13">
        Final prompt
        <Button
          tone="bare"
          size="small"
          icon
          className="-mr-2"
          aria-label="Copy final prompt"
          onClick={() => copyText(text, 'Prompt copied')}
        >
          <Copy size={16} strokeWidth={1.5} aria-hidden="true" />
        </Button>
      </h3>
      <p className="text-13 leading-[22px] wrap-anywhere">
        {parts.every(({ from }) => from !== 'text') && <span className="text-ink-3">{missingText} </span>}
        {sentences.map((part) => (
          <span key={part.from} title={part.reason}>
            <mark
              className={cx(
                '-mx-0.5 rounded-[3px] box-decoration-clone px-0.5 py-px text-ink',
                TINTS[part.from] ?? 'bg-transparent',
              )}
            >
              {part.text}
            </mark>{' '}
          </span>
        ))}
      </p>
      <p className="mt-2 flex flex-wrap gap-x-3 text-12 text-ink-3">
        <Legend tint="bg-from-trait" label="attributes and mood" />
        <Legend tint="bg-from-style" label="style" />
        <span>no tint: your prompt, framing, finish</span>
      </p>
    </section>
  );
}

function Legend({ tint, label }: { readonly tint: string; readonly label: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <i aria-hidden="true" className={cx('size-2.5 rounded-[3px]', tint)} />
      {label}
    </span>
  );
}
