import { QUALITIES, type Quality } from '#domain/provider/provider.ts';
import { Segmented } from '../segmented.tsx';

const LABELS: Readonly<Record<Quality, string>> = { draft: 'Draft', standard: 'Standard', high: 'High' };

interface QualityChoiceProps {
  readonly value: Quality;
  readonly onChange: (quality: Quality) => void;
}

/** The quality level of the image. */
export function QualityChoice({ value, onChange }: QualityChoiceProps) {
  const options = QUALITIES.map((quality) => ({ value: quality, label: LABELS[quality] }));
  return <Segmented compact label="Quality" options={options} value={value} onChange={onChange} />;
}
