import { Sheet } from '#web/components/sheet.tsx';
import { MOD_KEY } from '#web/components/mod-enter-hint.tsx';
import type { Destination } from './destinations.ts';

const EVERYWHERE = [
  ['?', 'Show keyboard shortcuts'],
  [`${MOD_KEY} K`, 'Go anywhere'],
  ['/', 'Search'],
  [`${MOD_KEY} Z`, 'Undo what the last message says'],
  ['Alt T', 'Focus the last message and its Undo button'],
  ['Esc', 'Close the dialog or menu'],
] as const;
const PROJECT = [
  [`${MOD_KEY} Enter`, 'New avatar; in the dialog, generate'],
  ['j  k', 'Next and previous avatar, like the arrow keys'],
  ['Enter', 'Open the avatar'],
  ['f', 'Mark the avatar as favorite'],
  ['1–5', 'Rate the avatar; 0 clears the rating'],
  ['x', 'Select the avatar'],
  ['c', 'Compare two to four selected avatars'],
  [`${MOD_KEY} A`, 'Select all avatars'],
  ['Delete', 'Delete the selected avatars'],
] as const;

interface ShortcutsHelpProps {
  readonly destinations: readonly Destination[];
  readonly onClose: () => void;
}

export function ShortcutsHelp({ destinations, onClose }: ShortcutsHelpProps) {
  return (
    <Sheet title="Keyboard shortcuts" open onClose={onClose}>
      {/* It scrolls, so it must be reachable by keyboard. */}
      <div
        role="group"
        aria-label="Shortcuts"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller is operated
        tabIndex={0}
        className="grid gap-6 overflow-y-auto p-4 -outline-offset-2 md:p-6"
      >
        <Keys title="Everywhere" rows={EVERYWHERE} />
        <Keys title="In a project" rows={PROJECT} />
        <Keys title="Go to" rows={destinations.map(({ keys, name }) => [keys, name] as const)} />
      </div>
    </Sheet>
  );
}

function Keys({ title, rows }: { readonly title: string; readonly rows: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3 className="mb-2 text-13">{title}</h3>
      <dl className="grid grid-cols-[7rem_1fr] gap-y-2">
        {rows.map(([keys, description]) => (
          <div key={keys} className="contents">
            <dt className="flex items-start gap-1">
              {keys.split(/\s+/u).map((key) => (
                <kbd key={key} className="shrink-0 rounded-option border border-edge px-1.5 py-1">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-ink-2">{description}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
