import { Segmented } from '#web/components/segmented.tsx';
import { useThemeChoice } from '#web/hooks/use-theme.ts';
import { SettingsSection } from './settings-section.tsx';

const CHOICES = [
  { value: 'system', label: 'Match system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

export function ThemeSection() {
  const { choice, choose } = useThemeChoice();
  return (
    <SettingsSection id="theme" title="Theme" note="Saved in this browser.">
      <div>
        <Segmented label="Theme" options={CHOICES} value={choice} onChange={choose} />
      </div>
    </SettingsSection>
  );
}
