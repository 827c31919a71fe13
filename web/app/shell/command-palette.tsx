import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { Images, Keyboard, type LucideIcon, Plus } from 'lucide-react';
import { useNavigate } from 'react-router';
import { foldedText, matchesTerms, searchTerms } from '#domain/text/folded-text.ts';
import { useProjects } from '#web/features/projects/api/use-projects.ts';
import type { Destination } from './destinations.ts';

interface CommandPaletteProps {
  readonly destinations: readonly Destination[];
  readonly onHelp: () => void;
  readonly onClose: () => void;
}

/** Finds pages, projects, and actions by name. */
export function CommandPalette({ destinations, onHelp, onClose }: CommandPaletteProps) {
  const navigate = useNavigate();
  const projects = useProjects().data?.pages.flatMap(({ data }) => data) ?? [];
  const go = (to: string) => () => {
    onClose();
    void navigate(to);
  };
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop data-scrim="" className="fade-in fixed inset-0 z-10 bg-scrim" />
        <Dialog.Viewport className="fixed inset-0 z-10 grid justify-items-center p-4 pt-[12vh]">
          <Dialog.Popup className="float-in h-fit w-[min(560px,100%)] overflow-hidden rounded-dialog bg-raised shadow-float outline-none">
            <Dialog.Title className="sr-only">Go anywhere</Dialog.Title>
            <Command label="Go anywhere" loop filter={rankAsSearched}>
              <Command.Input
                placeholder="Search pages and actions"
                className="h-13 w-full border-b border-line bg-raised px-4 outline-none"
              />
              <Command.List className="max-h-[50vh] overflow-y-auto p-2">
                <Command.Empty className="px-3 py-6 text-center text-ink-3">No results.</Command.Empty>
                <Group heading="Actions">
                  <Item icon={Plus} onSelect={go('/projects/new')}>
                    New project
                  </Item>
                  {projects.map(({ id, name }) => (
                    <Item
                      key={id}
                      icon={Plus}
                      value={`new ${id}`}
                      searchTexts={[`New avatar in ${name}`]}
                      onSelect={go(`/projects/${id}/new`)}
                    >
                      New avatar in {name}
                    </Item>
                  ))}
                  <Item icon={Keyboard} onSelect={onHelp}>
                    Show shortcuts
                  </Item>
                </Group>
                <Group heading="Go to">
                  {destinations.map(({ to, name, icon }) => (
                    <Item key={to} icon={icon} onSelect={go(to)}>
                      {name}
                    </Item>
                  ))}
                  {projects.map(({ id, name }) => (
                    <Item key={id} icon={Images} value={id} searchTexts={[name]} onSelect={go(`/projects/${id}`)}>
                      {name}
                    </Item>
                  ))}
                </Group>
              </Command.List>
            </Command>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** As every other search, and beginnings of words first. Cmdk's own search needs the accents, and finds scattered letters. */
function rankAsSearched(value: string, search: string, keywords: readonly string[] = []): number {
  const terms = searchTerms(search);
  const texts = keywords.length > 0 ? keywords : [value];
  if (terms === undefined) return 1;
  if (!matchesTerms(terms, texts)) return 0;
  const folded = ` ${foldedText(texts.join(' '))}`;
  return terms.every((term) => folded.includes(` ${term}`)) ? 1 : 0.5;
}

function Group({ heading, children }: { readonly heading: string; readonly children: React.ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

interface ItemProps {
  readonly icon: LucideIcon;
  readonly onSelect: () => void;
  /** Distinguishes items with the same label. */
  readonly value?: string;
  /** What search reads instead of the value. */
  readonly searchTexts?: readonly string[];
  readonly children: React.ReactNode;
}

function Item({ icon: Icon, onSelect, value, searchTexts, children }: ItemProps) {
  return (
    <Command.Item
      onSelect={onSelect}
      {...(value !== undefined && { value })}
      {...(searchTexts && { keywords: [...searchTexts] })}
      className="flex min-h-(--control) cursor-pointer items-center gap-2 rounded-option px-3 data-[selected=true]:bg-hover pointer-coarse:min-h-11"
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden="true" className="shrink-0 text-ink-3" />
      <bdi className="truncate">{children}</bdi>
    </Command.Item>
  );
}
