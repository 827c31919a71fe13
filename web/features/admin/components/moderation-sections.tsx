import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ListOf } from '#contract/list.ts';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { formatCount } from '#web/format/count.ts';
import { useObjections } from '../api/use-objections.ts';
import { useReports, useTakedowns } from '../api/use-reports.ts';
import { ObjectionCard } from './objection-card.tsx';
import { ReportCard, TakedownCard } from './report-card.tsx';

/** What users ask admins to decide, besides the images in review. A list without items is left out. */
export function ModerationSections() {
  const objections = useObjections();
  const reports = useReports();
  const takedowns = useTakedowns();
  return (
    <>
      <Section title="Objections to refused texts" query={objections}>
        {(item) => <ObjectionCard key={item.id} item={item} />}
      </Section>
      <Section title="Reports" query={reports}>
        {(item) => <ReportCard key={item.id} item={item} />}
      </Section>
      <Section title="Taken down" query={takedowns}>
        {(item) => <TakedownCard key={item.avatarId} item={item} />}
      </Section>
    </>
  );
}

interface SectionProps<Item> {
  readonly title: string;
  readonly query: UseQueryResult<ListOf<Item>>;
  readonly children: (item: Item) => ReactNode;
}

function Section<Item>({ title, query, children }: SectionProps<Item>) {
  if (query.isError) return <FailedRequest error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data || query.data.data.length === 0) return null;
  const { data, meta } = query.data;
  return (
    <section aria-label={title} className="mt-10 max-w-4xl">
      <h2 className="text-16">
        {title} <span className="num text-13 text-ink-3">{formatCount(meta.total)}</span>
      </h2>
      {data.map(children)}
    </section>
  );
}
