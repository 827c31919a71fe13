import { History } from 'lucide-react';
import type { RefObject } from 'react';
import { Button } from '#web/components/button.tsx';
import { Menu, MenuItem } from '#web/components/menu.tsx';
import { useErrorMessage } from '#web/hooks/use-error-message.ts';
import { useRecentPrompts } from '../api/use-recent-prompts.ts';
import { recentPrompts } from '../recent-prompts.ts';

interface PromptHistoryProps {
  /** What a chosen prompt has replaced: it is offered first, so that nothing typed is lost. */
  readonly replaced: string;
  readonly onChoose: (prompt: string) => void;
  /** Gets the focus afterwards. */
  readonly promptRef: RefObject<HTMLElement | null>;
}

/** The user's most recent prompts, to choose one again. */
export function PromptHistory(props: PromptHistoryProps) {
  return (
    <Menu
      finalFocus={props.promptRef}
      trigger={<Button tone="bare" className="text-13" />}
      label={
        <>
          <History size={16} strokeWidth={1.5} aria-hidden="true" /> History
        </>
      }
    >
      <Prompts {...props} />
    </Menu>
  );
}

/** They are read once the menu is open. */
function Prompts({ replaced, onChoose }: Omit<PromptHistoryProps, 'promptRef'>) {
  const { data = [], isPending, error } = useRecentPrompts();
  const message = useErrorMessage(error);
  const prompts = recentPrompts([replaced, ...data]);
  if (prompts.length === 0) {
    return (
      <p role="status" className="max-w-64 px-3 py-2 text-13 text-ink-2">
        {isPending ? 'Loading your prompts' : error ? message : 'Prompts that you generate from are listed here.'}
      </p>
    );
  }
  return prompts.map((prompt) => (
    <MenuItem key={prompt} icon={History} onClick={() => onChoose(prompt)}>
      <span dir="auto" className="line-clamp-2 max-w-[min(320px,100vw-96px)] min-w-0 py-1 text-13">
        {prompt}
      </span>
    </MenuItem>
  ));
}
