import { useState } from 'react';
import { type SuggestRequest, useSuggestions } from '../api/use-prompt-help.ts';

interface GhostDeps {
  readonly request: SuggestRequest & { text: string };
  /** The caret is behind the last letter, and nothing is selected. */
  readonly atEnd: boolean;
  readonly onAccept: (text: string) => void;
}

/**
 * How the prompt might go on. Only while somebody writes: a prompt that is found written, or was just completed, is left alone,
 * so that the next Tab leads on.
 */
export function usePromptCompletion({ request, atEnd, onAccept: onTake }: GhostDeps) {
  const { text } = request;
  const [quietFor, setQuietFor] = useState(text);
  const wanted = atEnd && text !== quietFor;
  const suggestions = useSuggestions(request, wanted) ?? [];
  const typed = text.toLowerCase();
  const found = suggestions.find(({ prompt }) => prompt.length > text.length && prompt.toLowerCase().startsWith(typed));
  const ghost = wanted && found ? found.prompt.slice(text.length) : undefined;
  return {
    ghost,
    reason: found?.reason,
    accept: () => {
      if (ghost === undefined) return;
      setQuietFor(text + ghost);
      onTake(text + ghost);
    },
    dismiss: () => setQuietFor(text),
  };
}
