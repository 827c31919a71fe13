import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { auditList } from '#contract/admin.ts';
import { examplesOf } from '#contract/openapi/schemas.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import type { AuditedAct } from '../api/use-audit.ts';
import { AccountActs } from './account-acts.tsx';

afterEach(cleanup);

it('shows what was changed, with from and to, and not who looked at the account', async () => {
  const { data, meta } = examplesOf(auditList)[0] as { data: AuditedAct[]; meta: object };
  const acts = [
    { ...data[0]!, id: '1', act: 'account.read', body: {}, result: {} },
    { ...data[0]!, id: '2', act: 'account.tier', body: { tier: 'pro' }, result: { from: 'free', to: 'pro' } },
  ];
  const { sent } = renderInStudio(<AccountActs accountId="a" />, { answer: () => ({ body: { data: acts, meta } }) });
  expect(await screen.findByText('Changed the tier from free to pro')).toBeTruthy();
  expect(screen.queryByText('Read an account')).toBeNull();
  expect(sent[0]?.path).toContain('target=a');
});
