import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { aGeneration } from '#contract/testing/samples.ts';
import type { Diagnosis } from '#contract/diagnosis.ts';
import type { Stage } from '#domain/generation/generation.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { DiagnosisView } from './diagnosis-view.tsx';

afterEach(cleanup);

const AT = '2026-11-23T08:00:00.000Z';
const DIAGNOSIS: Diagnosis = {
  summary: 'replicate has been generating for 90 s.',
  advice: 'The next provider is tried when this attempt times out.',
  stuck: true,
  accountId: '0198c0de-0000-7000-8000-000000000003',
  generation: aGeneration({ status: 'processing', stage: 'generating' }),
  timing: { acceptedAt: AT, updatedAt: AT, deadlineAt: AT, cancelRequestedAt: null },
  workflow: {
    workflowId: 'generation-1',
    runId: 'run-1',
    state: 'RUNNING',
    status: null,
    operatorUrl: 'http://temporal.test/namespaces/default/workflows/generation-1/run-1',
  },
  attempts: [],
  queue: { position: null, waiting: 3, running: 4, finishedPerMinute: 18.5 },
  newGenerationsPaused: true,
  providers: [
    {
      name: 'replicate',
      configured: true,
      enabled: true,
      pausedUntil: null,
      recent: { succeeded: 41, failed: 1, lastFailure: 'transient' },
    },
  ],
};

describe('the diagnosis view', () => {
  it('starts with the summary and the advice', () => {
    renderInStudio(<DiagnosisView diagnosis={DIAGNOSIS} />);
    const summary = screen.getByRole('region', { name: 'Diagnosis' });
    expect(summary.textContent).toContain('replicate has been generating for 90 s.');
    expect(summary.textContent).toContain('The next provider is tried');
    expect(summary.textContent).toContain('New generations are paused.');
    expect(screen.getByRole('link', { name: 'Open in Temporal' }).getAttribute('href')).toBe(
      DIAGNOSIS.workflow?.operatorUrl,
    );
    expect(screen.getByRole('link', { name: 'View account' }).getAttribute('href')).toBe(
      `/admin/accounts/${DIAGNOSIS.accountId}`,
    );
  });

  it('does not show a workflow’s "queued" as a stage, because the workflow can’t observe the provider', () => {
    const status = { provider: null, model: null, priority: 3, attempts: [], times: {}, failure: null };
    const at = (stage: Stage): Diagnosis => ({
      ...DIAGNOSIS,
      workflow: { ...DIAGNOSIS.workflow!, status: { ...status, stage } },
    });
    renderInStudio(<DiagnosisView diagnosis={at('queued')} />);
    expect(screen.getByText('waiting for the image')).toBeTruthy();
    cleanup();
    renderInStudio(<DiagnosisView diagnosis={at('saving')} />);
    expect(screen.getByText('stage saving')).toBeTruthy();
  });

  it('renders without the workflow when Temporal does not respond', () => {
    renderInStudio(<DiagnosisView diagnosis={{ ...DIAGNOSIS, workflow: null }} />);
    expect(screen.getByText('no response')).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Open in Temporal' })).toBeNull();
  });
});
