import { Copy, ExternalLink, TextCursorInput } from 'lucide-react';
import type { Avatar } from '#contract/avatar.ts';
import { providerLabel, PROVIDERS } from '#domain/provider/provider.ts';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { copyText } from '#web/components/copy-text.ts';
import { counted, formatCount } from '#web/format/count.ts';
import { formatDollars } from '#web/format/dollars.ts';
import { formatDuration } from '#web/format/duration.ts';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import { useWorkflowLink } from '#web/features/generations/api/use-workflow-link.ts';
import { useGenerationDetails } from '../api/use-avatar-details.ts';
import { modeLabel } from '../avatar-labels.ts';
import { AvatarSection } from './avatar-section.tsx';
import { Fact, FactList } from './fact-list.tsx';

/** Shown while loading, so that the layout does not shift. */
const UNKNOWN = '…';

/** How the avatar was generated: everything needed to generate it again. The provider cost is for admins. */
export function DetailsSection({ avatar }: { readonly avatar: Avatar }) {
  const { generation } = avatar;
  const { data: details, isPending } = useGenerationDetails(generation.id);
  const admin = useProfile()?.role === 'admin';
  const workflow = useWorkflowLink(generation.id);
  const provider = PROVIDERS.find((name) => name === generation.provider);
  const { seed, recipe } = generation;
  return (
    <AvatarSection
      wide
      title="Details"
      aside={
        <span className="flex">
          {generation.prompt && (
            <ButtonLink tone="bare" className="text-13" to={`/projects/${avatar.projectId}/new?from=${generation.id}`}>
              <TextCursorInput size={16} strokeWidth={1.5} aria-hidden="true" /> Use this prompt
            </ButtonLink>
          )}
          <Button
            tone="bare"
            aria-label="Copy recipe"
            className="-mr-3 text-13"
            onClick={() => copyText(recipeText(avatar), 'Recipe copied')}
          >
            <Copy size={16} strokeWidth={1.5} aria-hidden="true" /> <span className="max-sm:hidden">Copy recipe</span>
          </Button>
        </span>
      }
    >
      {generation.prompt && (
        <p dir="auto" className="mb-3 text-13 leading-body text-pretty text-ink-2">
          {generation.prompt}
        </p>
      )}
      <FactList columns>
        <Fact term="From">{recipe && modeLabel(recipe.mode)}</Fact>
        <Fact term="Model">{generation.model}</Fact>
        <Fact term="Provider">{provider && provider !== 'illustrator' ? providerLabel(provider) : undefined}</Fact>
        {seed !== null && (
          <Fact term="Seed">
            <span className="flex items-center gap-1">
              <span className="mono">{formatCount(seed)}</span>
              <Button
                tone="bare"
                icon
                size="small"
                className="-my-2"
                aria-label="Copy seed"
                onClick={() => copyText(String(seed), 'Seed copied')}
              >
                <Copy size={14} strokeWidth={1.5} aria-hidden="true" />
              </Button>
            </span>
          </Fact>
        )}
        <Fact term="Time">{details ? durationOf(details) : isPending && UNKNOWN}</Fact>
        <Fact term="Cost">
          {details ? <span className="mono">{counted(details.price, 'credit')}</span> : isPending && UNKNOWN}
        </Fact>
        <Fact term="Provider cost">
          {admin && generation.costUsd ? <span className="mono">{formatDollars(generation.costUsd)}</span> : undefined}
        </Fact>
        <Fact term="Quality">{recipe && `${recipe.quality}, ${recipe.aspectRatio}`}</Fact>
        <Fact term="Not drawn">{details?.notDrawn.join(', ') || undefined}</Fact>
        <Fact term="Art by">{generation.credit}</Fact>
        {workflow && (
          <Fact term="Workflow">
            <a
              href={workflow}
              target="_blank"
              rel="noreferrer"
              className="flex items-center gap-1 underline decoration-edge underline-offset-3 hover:decoration-ink pointer-coarse:min-h-11"
            >
              Open in Temporal <ExternalLink size={14} strokeWidth={1.5} aria-hidden="true" />
            </a>
          </Fact>
        )}
      </FactList>
    </AvatarSection>
  );
}

function durationOf({ processingAt, finishedAt }: { processingAt: string | null; finishedAt: string | null }) {
  if (processingAt === null || finishedAt === null) return undefined;
  return <span className="mono">{formatDuration(Date.parse(finishedAt) - Date.parse(processingAt))}</span>;
}

/** Plain text, for pasting into a note or another tool. */
function recipeText({ name, generation: { prompt, model, seed, recipe } }: Avatar): string {
  const rows = [
    name,
    prompt,
    seed !== null && `Seed: ${seed}`,
    model && `Model: ${model}`,
    recipe && `Aspect: ${recipe.aspectRatio}, quality: ${recipe.quality}`,
  ];
  return rows.filter(Boolean).join('\n');
}
