import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { toast } from 'sonner';
import { PageTitle } from '#web/components/page-title.tsx';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import { ApiKeysSection } from '#web/features/settings/components/api-keys-section.tsx';
import { DefaultsSection } from '#web/features/settings/components/defaults-section.tsx';
import { EraseSection } from '#web/features/settings/components/erase-section.tsx';
import { ExportSection } from '#web/features/settings/components/export-section.tsx';
import { LimitsSection } from '#web/features/settings/components/limits-section.tsx';
import { ThemeSection } from '#web/features/settings/components/theme-section.tsx';
import { WebhookSection } from '#web/features/settings/components/webhook-section.tsx';
import { useSignOut } from '#web/features/sign-in/api/use-sign-out.ts';

export function SettingsPage() {
  const signOut = useSignOut();
  const client = useQueryClient();
  const profile = useProfile();
  const { hash } = useLocation();
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [hash]);
  const onErased = () => {
    toast('Your account was erased.');
    signOut();
    client.clear();
  };
  return (
    <div className="max-w-4xl">
      <PageTitle title="Settings" />
      <h1 className="mb-4 flex min-h-11 items-center text-20 tracking-[-0.012em]">Settings</h1>
      <ThemeSection />
      <DefaultsSection profile={profile} />
      <LimitsSection profile={profile} />
      <WebhookSection />
      <ApiKeysSection />
      <ExportSection />
      <EraseSection onErased={onErased} />
    </div>
  );
}
