import type { ReactNode } from 'react';
import type { Avatar } from '../../../../contract/avatar.ts';
import { EYE_COLORS, HAIR_COLORS, SKIN_TONES } from '../../../../domain/attributes.ts';
import { modelOf, PROVIDERS } from '../../../../domain/provider.ts';
import { Swatch } from '../../../components/swatch.tsx';
import { formatCount } from '../../../format/count.ts';

/** What an avatar looks like and how it was made. */
export function AvatarFacts({ avatar }: { readonly avatar: Avatar }) {
  const { attributes, generation } = avatar;
  const hair = [attributes.hairColor, attributes.hairStyle].filter(Boolean).join(', ');
  return (
    <div className="grid gap-6 xl:grid-cols-2 xl:gap-x-8">
      <Facts title="Attributes">
        <Fact term="Gender">{attributes.gender}</Fact>
        <Fact term="Age">{attributes.ageRange}</Fact>
        <Fact term="Skin" hex={hexOf(SKIN_TONES, attributes.skinTone)}>
          {attributes.skinTone}
        </Fact>
        <Fact term="Hair" hex={hexOf(HAIR_COLORS, attributes.hairColor)}>
          {hair}
        </Fact>
        <Fact term="Eyes" hex={hexOf(EYE_COLORS, attributes.eyeColor)}>
          {attributes.eyeColor}
        </Fact>
        <Fact term="Build">{attributes.bodyType}</Fact>
        <Fact term="Ethnicity">{attributes.ethnicity}</Fact>
        <Fact term="Size">{`${formatCount(avatar.width)} × ${formatCount(avatar.height)} px`}</Fact>
      </Facts>
      <Facts title="How it was made">
        <Fact term="Model">{modelName(generation)}</Fact>
        <Fact term="Seed">
          {generation.seed === null ? undefined : <span className="mono">{formatCount(generation.seed)}</span>}
        </Fact>
        <Fact term="Paid out">
          {generation.costUsd ? <span className="mono">${generation.costUsd}</span> : undefined}
        </Fact>
        <Fact term="Art by">{generation.credit}</Fact>
      </Facts>
      {generation.prompt && (
        <section className="border-t border-line pt-3 xl:col-span-2">
          <h2 className="mb-2">Prompt as painted</h2>
          <p className="text-13 leading-body text-pretty text-ink-2">{generation.prompt}</p>
        </section>
      )}
    </div>
  );
}

function Facts({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="min-w-0 border-t border-line pt-3">
      <h2 className="mb-2">{title}</h2>
      <dl className="grid gap-1.5 text-13">{children}</dl>
    </section>
  );
}

function Fact({
  term,
  hex,
  children,
}: {
  readonly term: string;
  readonly hex?: string | undefined;
  readonly children: ReactNode;
}) {
  if (!children) return null;
  return (
    <div className="grid grid-cols-[88px_minmax(0,1fr)] gap-3">
      <dt className="text-ink-3">{term}</dt>
      <dd className="flex min-w-0 items-center gap-1.5">
        {hex && <Swatch hex={hex} />}
        <span className="block min-w-0 break-words first-letter:uppercase">{children}</span>
      </dd>
    </div>
  );
}

function hexOf(swatches: readonly { value: string; hex: string }[], value: string | undefined): string | undefined {
  return swatches.find((swatch) => swatch.value === value)?.hex;
}

function modelName({ provider, model }: Avatar['generation']): string | undefined {
  const known = PROVIDERS.find((name) => name === provider);
  return (known && model && modelOf(known, model)?.label) ?? model ?? undefined;
}
