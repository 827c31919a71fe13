import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { aGeneration, anAvatar } from '#contract/testing/samples.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { DetailsSection } from './details-section.tsx';

afterEach(cleanup);

const { generation } = anAvatar();
const avatar = anAvatar({ generation: { ...generation, costUsd: 0.04 } });

function open(role: 'user' | 'admin') {
  const answer = ({ path }: { path: string }) => {
    if (path === '/me') return { body: { role } };
    if (path.endsWith('/workflow')) return { body: { operatorUrl: 'http://temporal.test/workflows/1' } };
    return { body: aGeneration({ status: 'completed' }) };
  };
  return renderInStudio(<DetailsSection avatar={avatar} />, { answer });
}

describe('the details of an avatar', () => {
  it('show the provider cost to admins', async () => {
    open('admin');
    expect(await screen.findByText('Provider cost')).toBeTruthy();
    expect(screen.getByText('$0.04')).toBeTruthy();
  });

  it('do not show the provider cost to creators', async () => {
    open('user');
    expect(await screen.findByText('Cost')).toBeTruthy();
    expect(screen.queryByText('Provider cost')).toBeNull();
  });
});
