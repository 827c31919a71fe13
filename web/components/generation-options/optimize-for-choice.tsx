import { OPTIMIZE_FOR, type OptimizeFor } from '#domain/provider/provider.ts';
import { Segmented } from '../segmented.tsx';

const LABELS: Readonly<Record<OptimizeFor, string>> = { quality: 'Best', speed: 'Fastest', cost: 'Cheapest' };

interface OptimizeForChoiceProps {
  readonly value: OptimizeFor;
  readonly onChange: (preference: OptimizeFor) => void;
}

/** By what a provider is chosen where several could paint it. */
export function OptimizeForChoice({ value, onChange }: OptimizeForChoiceProps) {
  const options = OPTIMIZE_FOR.map((preference) => ({ value: preference, label: LABELS[preference] }));
  return <Segmented compact label="Prefer" options={options} value={value} onChange={onChange} />;
}
