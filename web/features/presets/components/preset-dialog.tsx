import { FailedRequest } from '#web/components/failed-request.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { usePreset } from '../api/use-preset-changes.ts';
import { PresetForm } from './preset-form.tsx';

interface PresetDialogProps {
  /** Undefined for a new preset. */
  readonly presetId: string | undefined;
  readonly onClose: () => void;
}

export function PresetDialog({ presetId, onClose }: PresetDialogProps) {
  return (
    <Sheet title={presetId ? 'Edit preset' : 'New preset'} open onClose={onClose}>
      {presetId ? <ExistingPreset presetId={presetId} onDone={onClose} /> : <PresetForm onDone={onClose} />}
    </Sheet>
  );
}

function ExistingPreset({ presetId, onDone }: { readonly presetId: string; readonly onDone: () => void }) {
  const query = usePreset(presetId);
  if (query.isError) return <FailedRequest error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data)
    return <div role="status" aria-label="Loading the preset" className="m-6 h-96 rounded-control bg-well" />;
  if (!query.data.own)
    return <p className="p-6 text-ink-2">This preset is public. You can edit only your own presets.</p>;
  return <PresetForm preset={query.data} onDone={onDone} />;
}
