import { FailedState } from '#web/components/failed-state.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { usePreset } from '../api/use-preset-changes.ts';
import { PresetForm } from './preset-form.tsx';

interface PresetDialogProps {
  /** Undefined for a new one. */
  readonly presetId: string | undefined;
  readonly onClose: () => void;
}

export function PresetDialog({ presetId, onClose }: PresetDialogProps) {
  return (
    <Sheet title={presetId ? 'Edit the preset' : 'Make a preset'} open onClose={onClose}>
      {presetId ? <KnownPreset presetId={presetId} onDone={onClose} /> : <PresetForm onDone={onClose} />}
    </Sheet>
  );
}

function KnownPreset({ presetId, onDone }: { readonly presetId: string; readonly onDone: () => void }) {
  const query = usePreset(presetId);
  if (query.isError) return <FailedState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data)
    return <div role="status" aria-label="Reading the preset" className="m-6 h-96 rounded-control bg-well" />;
  if (!query.data.own)
    return <p className="p-6 text-ink-2">This preset belongs to everybody; only your own can be changed.</p>;
  return <PresetForm preset={query.data} onDone={onDone} />;
}
