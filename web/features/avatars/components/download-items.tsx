import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { MENU_ITEM } from '#web/components/menu.tsx';
import { type DownloadChoice, IMAGE_CHOICES, PLATFORM_CHOICES } from '../download-choices.ts';
import { useDownloadChoice } from '../hooks/use-download-choice.ts';

interface DownloadItemsProps {
  readonly onChoose: (choice: DownloadChoice) => void;
}

/** Menu items: formats and sizes, and what platforms ask for. The last choice is checked. */
export function DownloadItems({ onChoose }: DownloadItemsProps) {
  const last = useDownloadChoice();
  const groups = [
    { name: 'Image', choices: IMAGE_CHOICES },
    { name: 'Profile image for', choices: PLATFORM_CHOICES },
  ];
  return groups.map(({ name, choices }) => (
    <Base.RadioGroup key={name} value={last.id} aria-label={name}>
      <p aria-hidden="true" className="px-3 pt-2 pb-1 text-12 text-ink-3">
        {name}
      </p>
      {choices.map((choice) => (
        <Base.RadioItem
          key={choice.id}
          value={choice.id}
          closeOnClick
          onClick={() => onChoose(choice)}
          className={`${MENU_ITEM} num justify-between text-13`}
        >
          {choice.label}
          <Base.RadioItemIndicator>
            <Check size={16} strokeWidth={1.5} aria-hidden="true" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  ));
}
