import { useId } from 'react';
import type { Preset } from '#contract/preset.ts';
import { presetSample } from '#web/assets/preset-samples.ts';
import { AvatarImage } from '#web/components/avatar-image.tsx';

interface PresetPickerProps {
  readonly presets: readonly Preset[] | undefined;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (presetId: string) => void;
}

/** All presets, grouped by category. */
export function PresetPicker({ presets, value, error, onChange }: PresetPickerProps) {
  const name = useId();
  if (!presets) {
    return <div role="status" aria-label="Loading the presets" className="h-64 rounded-control bg-well" />;
  }
  const byCategory = Map.groupBy(presets, (preset) => preset.category);
  return (
    <div>
      <div
        role="radiogroup"
        aria-label="Preset"
        className="max-h-64 overflow-y-auto rounded-control border border-edge bg-raised p-2 md:max-h-72"
      >
        {[...byCategory].map(([category, group]) => (
          <section key={category} aria-label={category} className="mb-2 last:mb-0">
            <h3 className="px-2 py-1.5 text-12 text-ink-3">{category}</h3>
            <div className="grid grid-cols-1 gap-0.5 sm:grid-cols-2">
              {group.map((preset) => (
                <PresetOption
                  key={preset.id}
                  name={name}
                  preset={preset}
                  checked={preset.id === value}
                  onPick={() => onChange(preset.id)}
                />
              ))}
            </div>
          </section>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1 text-13 text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

interface PresetOptionProps {
  readonly name: string;
  readonly preset: Preset;
  readonly checked: boolean;
  readonly onPick: () => void;
}

function PresetOption({ name, preset, checked, onPick }: PresetOptionProps) {
  const image = preset.previewImageUrl ?? presetSample(preset);
  return (
    <label className="relative grid cursor-pointer grid-cols-[48px_minmax(0,1fr)] items-center gap-3 rounded-option p-2 hover:bg-hover has-checked:bg-sunken has-checked:inset-ring-2 has-checked:inset-ring-ink has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onPick}
        aria-label={preset.name}
        className="absolute inset-0 cursor-pointer appearance-none outline-none"
      />
      {image ? (
        <AvatarImage src={image} placeholder={null} alt="" className="aspect-square rounded-control" />
      ) : (
        <span className="aspect-square rounded-control bg-well" />
      )}
      <span className="min-w-0">
        <span className="block truncate text-13 font-strong">{preset.name}</span>
        <span className="line-clamp-2 text-12 leading-tight text-ink-3">{firstSentence(preset.prompt)}</span>
      </span>
    </label>
  );
}

/** The distinctive part of a preset's prompt; the rest is framing. */
function firstSentence(prompt: string): string {
  return prompt.split('. ', 1)[0] ?? prompt;
}
