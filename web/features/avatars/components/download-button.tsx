import { ChevronDown, Download } from 'lucide-react';
import type { Avatar } from '#contract/avatar.ts';
import { Button } from '#web/components/button.tsx';
import { Menu } from '#web/components/menu.tsx';
import { useDownloadImage } from '../api/use-downloads.ts';
import { useDownloadChoice } from '../hooks/use-download-choice.ts';
import { DownloadItems } from './download-items.tsx';

/** Downloads the image as it was downloaded last; the arrow opens the other formats and sizes. */
export function DownloadButton({ avatar }: { readonly avatar: Pick<Avatar, 'id' | 'name'> }) {
  const { download, downloading } = useDownloadImage();
  const last = useDownloadChoice();
  return (
    <span className="flex min-w-0">
      <Button
        className="min-w-0 grow gap-1.5 rounded-r-none px-2.5 text-13"
        title={last.label}
        disabled={downloading}
        onClick={() => download(avatar)}
      >
        <Download size={16} strokeWidth={1.5} aria-hidden="true" /> Download
      </Button>
      <Menu
        trigger={<Button className="-ml-px rounded-l-none px-1.5" aria-label="Download as" disabled={downloading} />}
        label={<ChevronDown size={16} strokeWidth={1.5} aria-hidden="true" />}
      >
        <DownloadItems onChoose={(choice) => download(avatar, choice)} />
      </Menu>
    </span>
  );
}
