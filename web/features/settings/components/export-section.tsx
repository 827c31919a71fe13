import { Download } from 'lucide-react';
import { Button } from '#web/components/button.tsx';
import { saveFile } from '#web/http/save-file.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useExportData } from '../api/use-account-data.ts';
import { SettingsSection } from './settings-section.tsx';

const FILE_NAME = 'avatar-studio-export.zip';

/** Downloads all of the user's data. */
export function ExportSection() {
  const { mutate, isPending, isSuccess, error } = useExportData();
  return (
    <SettingsSection
      id="export"
      title="Your data"
      note="Projects, avatars with their images, uploads, presets and the statement, in one zip file."
    >
      <div className="flex flex-wrap items-center gap-3">
        <Button
          disabled={isPending}
          onClick={() => mutate(undefined, { onSuccess: (zip) => saveFile(zip, FILE_NAME) })}
        >
          <Download size={16} strokeWidth={1.5} aria-hidden="true" /> {isPending ? 'Preparing' : 'Download my data'}
        </Button>
        <span role="status" className="text-13 text-ink-3">
          {isPending && 'This can take a minute if you have many images.'}
          {isSuccess && `Saved as ${FILE_NAME}.`}
        </span>
      </div>
      {error && (
        <p role="alert" className="text-13 text-bad">
          {messageOf(error)}
        </p>
      )}
    </SettingsSection>
  );
}
