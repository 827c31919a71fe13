// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { newDraft } from './draft.ts';
import { forgetDrafts, saveDraft, savedDraft } from './saved-drafts.ts';

afterEach(() => sessionStorage.clear());

describe('drafts', () => {
  it('outlast a reload of the page, each under its key', () => {
    const draft = { ...newDraft(), prompt: 'a lamplighter' };
    saveDraft('project-1', draft);
    expect(savedDraft('project-1')).toEqual(draft);
    expect(sessionStorage.length).toBe(1);
    expect(savedDraft('project-2')).toBeUndefined();
  });

  it('are completed when an earlier release stored them, and ignored when nothing readable is there', () => {
    sessionStorage.setItem('draft of old', JSON.stringify({ prompt: 'a diver' }));
    sessionStorage.setItem('draft of broken', '{');
    expect(savedDraft('old')).toMatchObject({ prompt: 'a diver', count: 1 });
    expect(savedDraft('broken')).toBeUndefined();
  });

  it('are forgotten on sign-out, and nothing else', () => {
    saveDraft('project-1', newDraft());
    sessionStorage.setItem('session', 'token');
    forgetDrafts();
    expect(Object.keys(sessionStorage)).toEqual(['session']);
  });
});
