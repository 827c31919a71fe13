import type { RefObject } from 'react';
import { PROMPT_MAX_LENGTH } from '../../../../contract/generation.ts';
import { cx } from '../../../components/class-names.ts';
import { FIELD_CLASS } from '../../../components/field.tsx';
import { formatCount } from '../../../format/count.ts';
import type { MakeForm } from '../hooks/use-make-form.ts';

/** From here on the rest is counted down. */
const COUNT_FROM = PROMPT_MAX_LENGTH - 200;

interface PromptFieldProps {
  readonly form: MakeForm;
  readonly name: 'prompt' | 'presetPrompt' | 'referencePrompt';
  readonly placeholder: string;
  readonly label: string;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
}

export function PromptField({ form, name, placeholder, label, fieldRef }: PromptFieldProps) {
  const { ref, ...registered } = form.register(name);
  const error = form.formState.errors[name];
  const length = [...form.watch(name)].length;
  return (
    <div>
      <textarea
        {...registered}
        ref={(element) => {
          ref(element);
          fieldRef.current = element;
        }}
        aria-label={label}
        aria-invalid={Boolean(error)}
        aria-describedby="prompt-note"
        rows={name === 'prompt' ? 3 : 2}
        placeholder={placeholder}
        className={cx(
          FIELD_CLASS,
          name === 'prompt' ? 'min-h-24' : 'min-h-18',
          'block field-sizing-content max-h-60 resize-none text-16 leading-6',
        )}
      />
      <p id="prompt-note" className={cx('mt-1 flex justify-between text-13', error ? 'text-bad' : 'text-ink-3')}>
        <span role={error ? 'alert' : undefined}>{error?.message}</span>
        {length >= COUNT_FROM && (
          <span className={cx('num', length > PROMPT_MAX_LENGTH && 'text-bad')}>
            {formatCount(length)} of {formatCount(PROMPT_MAX_LENGTH)}
          </span>
        )}
      </p>
    </div>
  );
}
