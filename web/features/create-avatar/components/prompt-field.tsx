import { type KeyboardEvent, type ReactNode, type RefObject, type SyntheticEvent, useState } from 'react';
import { PROMPT_MAX_LENGTH } from '#domain/prompt/prompt-text.ts';
import { lengthOf } from '#domain/text/characters.ts';
import { Button } from '#web/components/button.tsx';
import { cx } from '#web/components/class-names.ts';
import { FIELD_CLASS } from '#web/components/field.tsx';
import { formatCount } from '#web/format/count.ts';
import { chosenAttributes } from '../draft.ts';
import { usePromptCompletion } from '../hooks/use-prompt-completion.ts';
import type { CreateAvatarForm } from '../hooks/use-create-avatar-form.ts';
import { GhostText } from './ghost-text.tsx';

/** From this length on, the length is shown. */
const SHOW_LENGTH_FROM = PROMPT_MAX_LENGTH - 200;

interface PromptFieldProps {
  readonly form: CreateAvatarForm;
  readonly name: 'prompt' | 'presetPrompt' | 'referencePrompt';
  readonly placeholder: string;
  readonly label: string;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  /** Called on the keyboard shortcut for enhancing. */
  readonly onEnhance: () => void;
  /** The enhanced prompt on offer. */
  readonly children?: ReactNode;
}

/** The prompt field. A suggested completion follows the text in gray; Tab accepts it. */
export function PromptField({ form, name, placeholder, label, fieldRef, onEnhance, children }: PromptFieldProps) {
  const { ref, ...registered } = form.register(name);
  const error = form.formState.errors[name];
  const draft = form.watch();
  const text = draft[name];
  const length = lengthOf(text);
  const [atEnd, setAtEnd] = useState(false);
  const { ghost, reason, accept, dismiss } = usePromptCompletion({
    request: { text, attributes: chosenAttributes(draft), ...(draft.style && { style: draft.style }) },
    atEnd,
    onAccept: (prompt) => form.setValue(name, prompt, { shouldDirty: true }),
  });
  const onSelect = ({ currentTarget: field }: SyntheticEvent<HTMLTextAreaElement>) =>
    setAtEnd(field.selectionStart === field.value.length && field.scrollHeight <= field.clientHeight + 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'e' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      onEnhance();
    }
    if (ghost === undefined) return;
    if (event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      accept();
    } else if (event.key === 'Escape') {
      event.stopPropagation(); // closes the suggestion, not the dialog
      dismiss();
    }
  };
  const fieldClass = cx(FIELD_CLASS, name === 'prompt' ? 'min-h-24' : 'min-h-18', 'block max-h-60 text-16 leading-6');
  return (
    <div>
      <div className="relative">
        <textarea
          {...registered}
          ref={(element) => {
            ref(element);
            fieldRef.current = element;
          }}
          dir="auto"
          onSelect={onSelect}
          onBlur={(event) => {
            void registered.onBlur(event);
            setAtEnd(false);
          }}
          onFocus={onSelect}
          onKeyDown={onKeyDown}
          aria-label={label}
          aria-invalid={Boolean(error)}
          aria-describedby="prompt-note"
          rows={name === 'prompt' ? 3 : 2}
          placeholder={placeholder}
          className={cx(fieldClass, 'field-sizing-content resize-none')}
        />
        <GhostText text={text} ghost={ghost} reason={reason} className={fieldClass} />
        {ghost !== undefined && (
          // A phone has no Tab key. Pressing keeps the focus in the field, whose caret the suggestion depends on.
          <Button
            className="absolute right-1 bottom-1 hidden pointer-coarse:inline-flex"
            onPointerDown={(event) => event.preventDefault()}
            onClick={accept}
          >
            Use suggestion
          </Button>
        )}
      </div>
      <p id="prompt-note" className={cx('mt-1 flex justify-between text-13', error ? 'text-bad' : 'text-ink-3')}>
        <span role={error ? 'alert' : undefined}>{error?.message}</span>
        {length >= SHOW_LENGTH_FROM && (
          <span className={cx('num', length > PROMPT_MAX_LENGTH && 'text-bad')}>
            {formatCount(length)} of {formatCount(PROMPT_MAX_LENGTH)}
          </span>
        )}
      </p>
      {children}
    </div>
  );
}
