import { MODELS, PROVIDER_CHOICES, type ProviderChoice } from '#domain/provider/provider.ts';
import { Picker } from '../picker.tsx';

const LABELS: Readonly<Record<ProviderChoice, { label: string; note: string }>> = {
  auto: { label: 'Auto', note: 'The best available model, or the illustrator' },
  flux: { label: 'FLUX', note: 'A FLUX model, or the illustrator' },
  sd: { label: 'Stable Diffusion', note: 'A Stable Diffusion model, or the illustrator' },
  illustrator: { label: 'Illustrator', note: 'Built in, simple and fast' },
};
const OFFERED = PROVIDER_CHOICES.filter(
  (choice) => choice === 'auto' || MODELS.some(({ family }) => family === choice),
).map((choice) => ({ value: choice, ...LABELS[choice] }));

interface ModelSelectProps {
  readonly value: ProviderChoice;
  readonly onChange: (choice: ProviderChoice) => void;
}

/** Chooses the model family. */
export function ModelSelect({ value, onChange }: ModelSelectProps) {
  return <Picker compact label="Model" choices={OFFERED} value={value} onChange={onChange} />;
}
