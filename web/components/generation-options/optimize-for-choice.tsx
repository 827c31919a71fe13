import { OPTIMIZE_FOR, type OptimizeFor } from '#domain/provider/provider.ts';
import { Segmented } from '../segmented.tsx';

const LABELS: Readonly<Record<OptimizeFor, string>> = { quality: 'Quality', speed: 'Speed', cost: 'Cost' };

interface OptimizeForChoiceProps {
  readonly value: OptimizeFor;
  readonly onChange: (optimizeFor: OptimizeFor) => void;
}

/** The criterion by which a model is chosen when several are available. */
export function OptimizeForChoice({ value, onChange }: OptimizeForChoiceProps) {
  const options = OPTIMIZE_FOR.map((optimizeFor) => ({ value: optimizeFor, label: LABELS[optimizeFor] }));
  return <Segmented compact label="Optimize for" options={options} value={value} onChange={onChange} />;
}
