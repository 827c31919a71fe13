import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { Link, useNavigate } from 'react-router';
import type { Preset } from '#contract/preset.ts';
import { isolated } from '#domain/text/isolated.ts';
import { presetSample } from '#web/assets/preset-samples.ts';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { Menu, MenuItem } from '#web/components/menu.tsx';
import { AvatarImage } from '#web/components/avatar-image.tsx';
import { counted } from '#web/format/count.ts';

interface PresetCardProps {
  readonly preset: Preset;
  /** The page's query string, so that dialogs keep its filters. */
  readonly search: string;
  readonly onDelete: () => void;
}

/** A preset: its image, its prompt, and the button to use it. */
export function PresetCard({ preset, search, onDelete }: PresetCardProps) {
  const navigate = useNavigate();
  const image = preset.previewImageUrl ?? presetSample(preset);
  const usePath = `/presets/${preset.id}/use${search}`;
  return (
    <article aria-label={preset.name} className="grid grid-cols-[104px_minmax(0,1fr)] gap-4">
      <Link to={usePath} tabIndex={-1} aria-hidden="true" className="block">
        {image ? (
          <AvatarImage src={image} placeholder={null} alt="" className="aspect-square rounded-image" />
        ) : (
          <span className="grid aspect-square place-items-center rounded-image bg-sunken text-28 text-ink-3 uppercase">
            {preset.name.charAt(0)}
          </span>
        )}
      </Link>
      <div className="flex min-w-0 flex-col">
        <h3 className="truncate text-13" title={preset.name}>
          <bdi>{preset.name}</bdi>
        </h3>
        <p className="mt-0.5 line-clamp-2 text-12 leading-tight text-pretty text-ink-2">
          <bdi>{firstSentence(preset.prompt)}</bdi>
        </p>
        <p className="num truncate text-12 leading-body text-ink-3">
          {[preset.own && preset.category, preset.usageCount > 0 && counted(preset.usageCount, 'use')]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <div className="mt-auto flex items-center gap-1">
          <ButtonLink to={usePath} size="small" aria-label={`Use preset: ${isolated(preset.name)}`}>
            Use preset
          </ButtonLink>
          {preset.own && (
            <Menu
              align="start"
              trigger={<Button tone="bare" size="small" icon aria-label={`More for ${isolated(preset.name)}`} />}
              label={<Ellipsis size={16} strokeWidth={1.5} aria-hidden="true" />}
            >
              <MenuItem icon={Pencil} onClick={() => void navigate(`/presets/${preset.id}/edit${search}`)}>
                Edit
              </MenuItem>
              <MenuItem icon={Trash2} destructive onClick={onDelete}>
                Delete
              </MenuItem>
            </Menu>
          )}
        </div>
      </div>
    </article>
  );
}

/** The distinctive part of a preset's prompt; the rest is framing. */
function firstSentence(prompt: string): string {
  return prompt.split('. ', 1)[0] ?? prompt;
}
