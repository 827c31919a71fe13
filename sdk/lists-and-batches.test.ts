import { describe, expect, it } from 'vitest';
import { anAvatar } from '../contract/testing/samples.ts';
import { AvatarStudio } from './avatar-studio.ts';
import { InternalAvatarClient } from './internal-avatar-client.ts';
import { json, fakeStudio, problem } from './testing/fake-studio.ts';

const page = (ids: string[], nextCursor: string | null) =>
  json({
    data: ids.map((id) => anAvatar({ id })),
    meta: { nextCursor, hasMore: nextCursor !== null, total: 3, totalIsExact: true },
  });

describe('a list', () => {
  it('is read page by page, only as far as it is iterated', async () => {
    const { requests, options } = fakeStudio(page(['a', 'b'], 'after b'), page(['c'], null));
    const list = new AvatarStudio(options).avatars.list({ projectId: 'p', style: 'noir' }, { pageSize: 2 });
    const walk = list[Symbol.asyncIterator]();
    await walk.next();
    await walk.next();
    expect(requests).toHaveLength(1);
    expect((await walk.next()).value).toMatchObject({ id: 'c' });
    expect((await walk.next()).done).toBe(true);
    expect(requests.map(({ url }) => url.pathname + url.search)).toEqual([
      '/api/v1/projects/p/avatars?style=noir&limit=2',
      '/api/v1/projects/p/avatars?style=noir&limit=2&cursor=after+b',
    ]);
  });
});

describe('reading many avatars', () => {
  it('requests a hundred at a time on behalf of a user, each once', async () => {
    const { requests, options } = fakeStudio(({ body }) =>
      json({ data: [], missing: (body as { ids: string[] }).ids }),
    );
    const ids = Array.from({ length: 150 }, (_, index) => `id ${index}`);
    const { missing } = await new InternalAvatarClient(options).onBehalfOf('ada').avatars.batchGet([...ids, ...ids]);
    expect(missing).toEqual(ids);
    expect(requests.map(({ body }) => (body as { ids: string[] }).ids.length)).toEqual([100, 50]);
    expect(requests[0]!.headers.get('x-on-behalf-of')).toBe('ada');
  });

  it('reads the sizes of an image at the same path for users and services', async () => {
    const images = { 128: 'a', 256: 'b', 512: 'c', original: 'd' };
    const { requests, options } = fakeStudio(() => json(images));
    expect(await new AvatarStudio(options).avatars.images('a/b')).toEqual(images);
    expect(await new InternalAvatarClient(options).onBehalfOf('ada').avatars.images('a/b')).toEqual(images);
    expect(requests.map(({ url }) => url.pathname)).toEqual(Array(2).fill('/api/v1/avatars/a%2Fb/images'));
  });

  it('reads one by one with a user token, in the requested order, and returns missing ids', async () => {
    const { options } = fakeStudio(({ url }) => {
      const id = url.pathname.split('/').at(-1)!;
      return id.startsWith('gone') ? problem(404, 'not_found') : json(anAvatar({ id }));
    });
    const wanted = ['b', 'gone1', 'a', 'gone2', 'b'];
    const { data, missing } = await new AvatarStudio(options).avatars.batchGet(wanted);
    expect(data.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(missing).toEqual(['gone1', 'gone2']);
  });
});
