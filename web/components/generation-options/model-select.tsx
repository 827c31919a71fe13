import { offeredChoices } from '#domain/provider/offers.ts';
import type { ProviderChoice, ProviderName } from '#domain/provider/provider.ts';
import { Picker } from '../picker.tsx';

const LABELS: Readonly<Record<ProviderChoice, { label: string; note: string }>> = {
  auto: { label: 'Auto', note: 'The best available model, or the illustrator' },
  flux: { label: 'FLUX', note: 'A FLUX model, or the illustrator' },
  sd: { label: 'Stable Diffusion', note: 'A Stable Diffusion model, or the illustrator' },
  illustrator: { label: 'Illustrator', note: 'Built in, simple and fast' },
};

interface ModelSelectProps {
  /** The configured providers; others can't be chosen. */
  readonly configured: readonly ProviderName[];
  readonly value: ProviderChoice;
  readonly onChange: (choice: ProviderChoice) => void;
}

/** Chooses the model family. A choice from before that is no longer configured is shown as Auto. */
export function ModelSelect({ configured, value, onChange }: ModelSelectProps) {
  const offered = offeredChoices(configured);
  const choices = offered.map((choice) => ({ value: choice, ...LABELS[choice] }));
  const shown = offered.includes(value) ? value : 'auto';
  return <Picker compact label="Model" choices={choices} value={shown} onChange={onChange} />;
}
