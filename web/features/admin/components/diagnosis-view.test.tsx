import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { aGeneration } from '#contract/testing/samples.ts';
import type { Diagnosis } from '#contract/diagnosis.ts';
import type { Stage } from '#domain/generation/generation.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { DiagnosisView } from './diagnosis-view.tsx';

afterEach(cleanup);

const AT = '2026-11-23T08:00:00.000Z';
const DIAGNOSIS: Diagnosis = {
  outcome: 'replicate has been painting for 90 s.',
  advice: 'The next provider is asked when the time for this one is over.',
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
      lately: { succeeded: 41, failed: 1, lastFailure: 'transient' },
    },
  ],
};

it('says first why, and what can be done', () => {
  renderInStudio(<DiagnosisView diagnosis={DIAGNOSIS} />);
  const answer = screen.getByRole('region', { name: 'Why' });
  expect(answer.textContent).toContain('replicate has been painting for 90 s.');
  expect(answer.textContent).toContain('The next provider is asked');
  expect(answer.textContent).toContain('The intake is paused.');
  expect(screen.getByRole('link', { name: 'Open in Temporal' }).getAttribute('href')).toBe(
    DIAGNOSIS.workflow?.operatorUrl,
  );
  expect(screen.getByRole('link', { name: 'Its owner’s account' }).getAttribute('href')).toBe(
    `/admin/accounts/${DIAGNOSIS.accountId}`,
  );
});

it('does not call queued what the workflow cannot tell from being painted', () => {
  const status = { provider: null, model: null, priority: 3, attempts: [], times: {}, failure: null };
  const at = (stage: Stage): Diagnosis => ({
    ...DIAGNOSIS,
    workflow: { ...DIAGNOSIS.workflow!, status: { ...status, stage } },
  });
  renderInStudio(<DiagnosisView diagnosis={at('queued')} />);
  expect(screen.getByText('waiting for its image')).toBeTruthy();
  cleanup();
  renderInStudio(<DiagnosisView diagnosis={at('saving')} />);
  expect(screen.getByText('it says saving')).toBeTruthy();
});

it('holds out when Temporal does not answer', () => {
  renderInStudio(<DiagnosisView diagnosis={{ ...DIAGNOSIS, workflow: null }} />);
  expect(screen.getByText('no answer')).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Open in Temporal' })).toBeNull();
});
