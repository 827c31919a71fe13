import { expect } from 'vitest';
import type { Avatar } from '#contract/avatar.ts';
import { metadataOf, readProvenance } from '../support/read-provenance.ts';
import { unzip } from '../support/unzip.ts';
import type { ServedApi, TestUser } from './serve-api.ts';

const TYPES = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

export type DeliveredAvatar = Pick<Avatar, 'id' | 'name' | 'imageUrl' | 'thumbnailUrl' | 'provenance'>;

/** Every file in which a user or another app may get the image. */
export async function filesOf({ client }: ServedApi, { token }: TestUser, avatar: DeliveredAvatar) {
  const bytes = async (answer: Response) => Buffer.from(await answer.arrayBuffer());
  const { id } = avatar;
  const zip = await unzip(await bytes(await client.raw('downloadAvatars', { token, body: { ids: [id] } })));
  return {
    image: await bytes(await fetch(avatar.imageUrl!)),
    thumbnail: await bytes(await fetch(avatar.thumbnailUrl!)),
    small: await bytes(await fetch((await client.ok('readImages', { token, id })).body[256])),
    download: await bytes(await client.raw('downloadImage', { token, id })),
    converted: await bytes(await client.raw('downloadImage', { token, id, query: { format: 'png', size: 'x' } })),
    zipped: [...zip].find(([name]) => name.endsWith('.webp'))![1],
    card: await bytes(await client.raw('readPersonaCard', { token, id })),
  };
}

/** Checks that all files state what the API does, and nothing else. @returns the type */
export async function statedByFiles(api: ServedApi, user: TestUser, avatar: DeliveredAvatar): Promise<string> {
  const { createdAt, ...provenance } = avatar.provenance!;
  for (const [kind, file] of Object.entries(await filesOf(api, user, avatar))) {
    const seconds = createdAt.replace(/\.\d+/, '');
    expect([kind, readProvenance(file)]).toEqual([kind, { ...provenance, createdAt: seconds }]);
    const { blocks, xmp } = await metadataOf(file);
    expect(blocks).toEqual(['xmp']);
    for (const secret of ['sailor', user.accountId, avatar.name]) expect(xmp).not.toContain(secret);
  }
  return provenance.digitalSourceType.replace(TYPES, '');
}
