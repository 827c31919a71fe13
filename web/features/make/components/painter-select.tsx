import { Select } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { MODELS, PROVIDER_CHOICES, type ProviderChoice } from '../../../../domain/provider.ts';
import { buttonClass } from '../../../components/button-style.ts';

const WORDS: Readonly<Record<ProviderChoice, { label: string; note: string }>> = {
  auto: { label: 'Auto', note: 'The best painter there is, else the illustrator' },
  flux: { label: 'FLUX', note: 'A FLUX model, else the illustrator' },
  sd: { label: 'Stable Diffusion', note: 'A Stable Diffusion model, else the illustrator' },
  illustrator: { label: 'Illustrator', note: 'Drawn by the studio itself, simple and quick' },
};
const OFFERED = PROVIDER_CHOICES.filter(
  (choice) => choice === 'auto' || MODELS.some(({ family }) => family === choice),
);

interface PainterSelectProps {
  readonly value: ProviderChoice;
  readonly onChange: (choice: ProviderChoice) => void;
}

/** Who paints it. */
export function PainterSelect({ value, onChange }: PainterSelectProps) {
  return (
    <Select.Root value={value} onValueChange={(choice) => choice && onChange(choice)} modal={false}>
      <Select.Trigger aria-label="Painted by" className={buttonClass({ tone: 'bare', size: 'small' }, '-mr-2.5')}>
        <Select.Value>{(choice: ProviderChoice) => WORDS[choice].label}</Select.Value>
        <ChevronDown size={16} strokeWidth={1.5} aria-hidden="true" />
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner
          alignItemWithTrigger={false}
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="z-20"
        >
          <Select.Popup className="float-in max-w-80 rounded-picture bg-raised p-2 shadow-float outline-none">
            {OFFERED.map((choice) => (
              <Select.Item
                key={choice}
                value={choice}
                className="grid min-h-(--control) cursor-pointer grid-cols-[minmax(0,1fr)_16px] items-center gap-3 rounded-option px-2 py-1.5 text-13 outline-none data-highlighted:bg-hover"
              >
                <Select.ItemText className="grid">
                  <span>{WORDS[choice].label}</span>
                  <span className="text-12 leading-tight text-ink-3">{WORDS[choice].note}</span>
                </Select.ItemText>
                <Select.ItemIndicator>
                  <Check size={16} strokeWidth={1.5} aria-hidden="true" />
                </Select.ItemIndicator>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
