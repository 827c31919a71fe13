import type { ReactNode } from 'react';
import type { Profile, GenerationDefaults } from '#contract/profile.ts';
import {
  DEFAULT_OPTIMIZE_FOR,
  DEFAULT_PROVIDER_CHOICE,
  DEFAULT_QUALITY,
  type ProviderName,
} from '#domain/provider/provider.ts';
import { Button } from '#web/components/button.tsx';
import { CountStepper } from '#web/components/generation-options/count-stepper.tsx';
import { ModelSelect } from '#web/components/generation-options/model-select.tsx';
import { OptimizeForChoice } from '#web/components/generation-options/optimize-for-choice.tsx';
import { QualityChoice } from '#web/components/generation-options/quality-choice.tsx';
import { StylePicker } from '#web/components/style-picker.tsx';
import { useSaveDefaults } from '../api/use-save-defaults.ts';
import { SettingsSection } from './settings-section.tsx';

/** Initial values of the create dialog. Each choice is saved immediately. */
export function DefaultsSection({ profile }: { readonly profile: Profile | undefined }) {
  const save = useSaveDefaults();
  const defaults = profile?.defaults;
  return (
    <SettingsSection
      id="defaults"
      title="Defaults"
      note="Preselected when you create an avatar. A project’s own style takes precedence."
    >
      {defaults ? (
        <Choices configured={profile.providers} defaults={defaults} onChange={(next) => save.mutate(next)} />
      ) : (
        <div role="status" aria-label="Loading your defaults" className="h-[220px] rounded-control bg-sunken" />
      )}
    </SettingsSection>
  );
}

interface ChoicesProps {
  readonly configured: readonly ProviderName[];
  readonly defaults: GenerationDefaults;
  readonly onChange: (defaults: GenerationDefaults) => void;
}

function Choices({ configured, defaults, onChange }: ChoicesProps) {
  const {
    style,
    quality = DEFAULT_QUALITY,
    optimizeFor = DEFAULT_OPTIMIZE_FOR,
    provider = DEFAULT_PROVIDER_CHOICE,
    count = 1,
  } = defaults;
  const set = (change: GenerationDefaults) => onChange({ ...defaults, ...change });
  return (
    <div className="grid text-13">
      <Row label="Style">
        <StylePicker value={style} onChange={(next) => set({ style: next })} />
      </Row>
      <Row label="Quality">
        <QualityChoice value={quality} onChange={(next) => set({ quality: next })} />
      </Row>
      <Row label="Model">
        <ModelSelect configured={configured} value={provider} onChange={(next) => set({ provider: next })} />
      </Row>
      <Row label="Optimize for">
        <OptimizeForChoice value={optimizeFor} onChange={(next) => set({ optimizeFor: next })} />
      </Row>
      <Row label="Images">
        <CountStepper value={count} onChange={(next) => set({ count: next })} />
      </Row>
      {Object.values(defaults).some((value) => value !== undefined) && (
        <Button tone="bare" size="small" className="mt-2 -ml-2.5 justify-self-start" onClick={() => onChange({})}>
          Reset to defaults
        </Button>
      )}
    </div>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line py-1 first:pt-0">
      <span className="text-ink-2">{label}</span>
      {children}
    </div>
  );
}
