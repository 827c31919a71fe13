import { MODELS, PROVIDER_CHOICES, type ProviderChoice } from '#domain/provider/provider.ts';
import { Picker } from '../picker.tsx';

const LABELS: Readonly<Record<ProviderChoice, { label: string; note: string }>> = {
  auto: { label: 'Auto', note: 'The best provider there is, else the illustrator' },
  flux: { label: 'FLUX', note: 'A FLUX model, else the illustrator' },
  sd: { label: 'Stable Diffusion', note: 'A Stable Diffusion model, else the illustrator' },
  illustrator: { label: 'Illustrator', note: 'Drawn by the studio itself, simple and quick' },
};
const OFFERED = PROVIDER_CHOICES.filter(
  (choice) => choice === 'auto' || MODELS.some(({ family }) => family === choice),
).map((choice) => ({ value: choice, ...LABELS[choice] }));

interface ModelSelectProps {
  readonly value: ProviderChoice;
  readonly onChange: (choice: ProviderChoice) => void;
}

/** Who paints it. */
export function ModelSelect({ value, onChange }: ModelSelectProps) {
  return <Picker compact label="Painted by" choices={OFFERED} value={value} onChange={onChange} />;
}
