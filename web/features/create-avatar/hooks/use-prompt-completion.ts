import { useState } from 'react';
import { type SuggestRequest, useSuggestions } from '../api/use-prompt-help.ts';

interface PromptCompletionDeps {
  readonly request: SuggestRequest & { text: string };
  /** Whether the caret is at the end of the text, with nothing selected. */
  readonly atEnd: boolean;
  readonly onAccept: (text: string) => void;
}

/**
 * Suggests a completion of the prompt while the user types. None for a prompt that was already there or has just been completed,
 * so that the next Tab moves the focus.
 */
export function usePromptCompletion({ request, atEnd, onAccept }: PromptCompletionDeps) {
  const { text } = request;
  const [dismissedText, setDismissedText] = useState(text);
  // An empty field shows its placeholder.
  const enabled = atEnd && text.trim() !== '' && text !== dismissedText;
  const suggestions = useSuggestions(request, enabled) ?? [];
  const typed = text.toLowerCase();
  const found = suggestions.find(({ prompt }) => prompt.length > text.length && prompt.toLowerCase().startsWith(typed));
  const ghost = enabled && found ? found.prompt.slice(text.length) : undefined;
  return {
    ghost,
    reason: found?.reason,
    accept: () => {
      if (ghost === undefined) return;
      setDismissedText(text + ghost);
      onAccept(text + ghost);
    },
    dismiss: () => setDismissedText(text),
  };
}
