import { describe, expect, it } from 'vitest';
import { defaultDirection } from '../avatar/avatar-sort.ts';
import { batchPriority } from './batch.ts';
import { finishOf } from './finish.ts';
import {
  exportObject,
  imageObject,
  prefixesOfAccount,
  stagedObject,
  thumbnailObject,
  uploadObject,
} from './object-name.ts';
import { siblingTaskQueues, taskQueues } from './task-queue.ts';
import {
  admissionUpdateId,
  batchWorkflowId,
  deliveryWorkflowId,
  erasureWorkflowId,
  generationWorkflowId,
  removalWorkflowId,
} from './workflow-id.ts';

describe('the names of objects', () => {
  const avatar = { accountId: 'acc', avatarId: 'ava', contentHash: 'f00' };

  it('are the same in every release: stored rows and the bucket use them', () => {
    expect(imageObject(avatar)).toBe('avatars/acc/ava/f00/image.webp');
    expect(thumbnailObject(avatar)).toBe('avatars/acc/ava/f00/thumb.webp');
    expect(uploadObject('acc', 'upl')).toBe('uploads/acc/upl');
    expect(stagedObject('att')).toBe('staging/att');
    expect(exportObject({ accountId: null, kind: 'audit', month: '2026-11' }, 'f00')).toBe(
      'exports/studio/audit/2026-11/f00.ndjson.gz',
    );
  });

  it('of an account begin with its prefixes, so that an erasure finds them', () => {
    const prefixes = prefixesOfAccount('acc');
    expect(prefixes).toEqual(['avatars/acc/', 'uploads/acc/', 'exports/acc/']);
    const exported = exportObject({ accountId: 'acc', kind: 'usage', month: '2026-11' }, 'f00');
    for (const name of [imageObject(avatar), thumbnailObject(avatar), uploadObject('acc', 'upl'), exported]) {
      expect(prefixes.some((prefix) => name.startsWith(prefix))).toBe(true);
    }
  });
});

describe('the ids of workflows', () => {
  it('are the same in every release: running workflows have them', () => {
    expect(generationWorkflowId('1')).toBe('generation-1');
    expect(batchWorkflowId('1')).toBe('batch-1');
    expect(removalWorkflowId('1')).toBe('remove-objects-1');
    expect(deliveryWorkflowId('1')).toBe('webhook-1');
    expect(erasureWorkflowId('1')).toBe('erase-1');
    expect(admissionUpdateId('1', new Date(3), 2)).toBe('1:3:2');
  });
});

describe('the task queues', () => {
  it('have the suffix of their installation', () => {
    expect(taskQueues()).toEqual({
      workflows: 'avatars',
      generate: 'avatar-generate',
      publish: 'avatar-publish',
      webhooks: 'avatar-webhooks',
    });
    expect(siblingTaskQueues('avatars-test')).toEqual(taskQueues('-test'));
    expect(siblingTaskQueues('avatars')).toEqual(taskQueues());
  });
});

describe('a member of a batch', () => {
  it('has a priority one level below a single generation, and at least the last', () => {
    expect((['service', 'pro', 'plus', 'free'] as const).map(batchPriority)).toEqual([2, 3, 4, 5]);
  });
});

describe('the finish of an image', () => {
  it('is for print in high quality only', () => {
    expect((['draft', 'standard', 'high'] as const).map(finishOf)).toEqual(['plain', 'plain', 'print']);
  });
});

describe('the sort direction of avatars', () => {
  it('is newest or most used first, and names from A', () => {
    const sorts = ['createdAt', 'lastUsedAt', 'usageCount', 'name'] as const;
    expect(sorts.map(defaultDirection)).toEqual(['desc', 'desc', 'desc', 'asc']);
  });
});
