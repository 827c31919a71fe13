import { OPTIMISE_FOR, type OptimiseFor } from '../../../domain/provider.ts';
import { Segmented } from '../segmented.tsx';

const WORDS: Readonly<Record<OptimiseFor, string>> = { quality: 'Best', speed: 'Fastest', cost: 'Cheapest' };

interface PreferenceChoiceProps {
  readonly value: OptimiseFor;
  readonly onChange: (preference: OptimiseFor) => void;
}

/** By what a painter is chosen where several could paint it. */
export function PreferenceChoice({ value, onChange }: PreferenceChoiceProps) {
  const options = OPTIMISE_FOR.map((preference) => ({ value: preference, label: WORDS[preference] }));
  return <Segmented compact label="Prefer" options={options} value={value} onChange={onChange} />;
}
