import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { seed } from '#drizzle/seed.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant } from '#tests/support/database/world.ts';
import { eraseAccount } from './erasure.ts';
import { openAccount, readAccount, readAccountBySubject, SignedInBeforeErasure } from './accounts.ts';
import { listAvatars } from '../avatars/avatar-list.ts';
import { avatarsOfGenerations, readAvatar } from '../avatars/avatars.ts';
import {
  decodeStatementCursor,
  encodeStatementCursor,
  listTransfers,
  readBalance,
  type StatementCursor,
} from './credit-transfers.ts';
import { listNotifications, markNotificationsRead, readNotification } from './notifications.ts';
import { readGallery } from '../avatars/presets.ts';
import { createProject, listProjects, readProject } from '../avatars/projects.ts';
import { listGenerations } from '../generations/generation-list.ts';
import { listUses, recordUse } from '../usage/usage-history.ts';

const fixture = useDatabase();

describe('openAccount', () => {
  it.each([
    ['free', 100, 50, 20],
    ['plus', 500, 200, 100],
    ['pro', 1000, 1000, 500],
    ['service', 0, 100_000, 5000],
  ] as const)(
    'gives an account of tier %s %i credits and the limits of its tier',
    async (tier, available, dailyLimit, unfinishedLimit) => {
      const account = await openAccount(fixture.database, { subject: randomUUID(), tier, displayName: 'Ysolde' });
      expect(account).toMatchObject({ tier, available, dailyLimit, unfinishedLimit, displayName: 'Ysolde' });
    },
  );

  it('updates tier and name from the token, and grants starter credits once', async () => {
    const subject = randomUUID();
    const first = await openAccount(fixture.database, { subject, tier: 'free' });
    const second = await openAccount(fixture.database, { subject, tier: 'pro', displayName: 'Bob' });
    expect(second).toMatchObject({ id: first.id, tier: 'pro', dailyLimit: 1000, posted: 100, displayName: 'Bob' });
    expect(await openAccount(fixture.database, { subject, tier: 'pro' })).toEqual(second);
  });

  it('opens a new account once the subject was removed from the old one', async () => {
    const { account } = await newTenant(fixture.database);
    await fixture.database.call('t.erase', 'UPDATE accounts SET subject = NULL, display_name = NULL WHERE id = $1', [
      account.id,
    ]);
    expect(await readAccountBySubject(fixture.database, account.subject!)).toBeUndefined();
    expect(await readAccount(fixture.database, account.id)).toMatchObject({ subject: null, posted: 100 });
    const again = await openAccount(fixture.database, { subject: account.subject!, tier: 'free' });
    expect(again.id).not.toBe(account.id);
  });

  it('after an erasure requires a new sign-in, and grants no starter credits', async () => {
    const { account } = await newTenant(fixture.database);
    const subject = account.subject!;
    await eraseAccount(fixture.database, account.id);
    const withoutToken = () => openAccount(fixture.database, { subject, tier: 'free' });
    await expect(withoutToken()).rejects.toThrow(SignedInBeforeErasure);
    expect(await readAccountBySubject(fixture.database, subject)).toBeUndefined();
    const later = new Date(Date.now() + 60_000);
    const reopened = await openAccount(fixture.database, { subject, tier: 'free', issuedAt: later });
    expect(reopened).toMatchObject({ posted: 0, subject });
    expect((await withoutToken()).id).toBe(reopened.id);
  });

  it('opens an account with a balance and a statement, newest first', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    await record(fixture.database, id, anAvatar(tenant.account.id));
    expect(await readBalance(fixture.database, tenant.account.id)).toEqual({ posted: 90, held: 0, available: 90 });
    const page = await listTransfers(fixture.database, tenant.account.id, { limit: 2 });
    expect(page.items.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['capture', 10],
      ['reserve', 10],
    ]);
    expect(page.total).toBe(3);
    const rest = await listTransfers(fixture.database, tenant.account.id, { limit: 2, after: page.next! });
    expect(rest).toMatchObject({ items: [{ kind: 'topup', amount: 100, reference: 'starter' }], next: null });
    expect(await readBalance(fixture.database, randomUUID())).toBeUndefined();
  });

  it('have the same balance after each transfer on any page, without reading the newer ones', async () => {
    const tenant = await newTenant(fixture.database);
    for (let count = 0; count < 3; count += 1) await admitted(fixture.database, tenant);
    const all = await listTransfers(fixture.database, tenant.account.id, { limit: 10 });
    expect(all.items.map(({ availableAfter }) => availableAfter)).toEqual([70, 80, 90, 100]);
    const ofPages = async (knowsBalance: boolean) => {
      const found: number[] = [];
      let after: StatementCursor | undefined;
      do {
        const page = await listTransfers(fixture.database, tenant.account.id, { limit: 1, after });
        found.push(...page.items.map(({ availableAfter }) => availableAfter));
        after = page.next ? decodeStatementCursor(encodeStatementCursor(page.next)) : undefined;
        if (after && !knowsBalance) after = { createdAt: after.createdAt, id: after.id };
        // What happens meanwhile is not on the older pages.
        if (found.length === 2) await admitted(fixture.database, tenant);
      } while (after);
      return found;
    };
    expect(await ofPages(true)).toEqual([70, 80, 90, 100]);
    expect(await ofPages(false)).toEqual([60, 70, 80, 90, 100]);
  });
});

describe('a page without rows', () => {
  it('has the total of the whole list, which a page after the last row has lost', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const avatar = anAvatar(tenant.account.id);
    await record(fixture.database, id, avatar);
    const accountId = tenant.account.id;
    const use = { accountId, avatarId: avatar.id, appId: 'chat', appName: 'Chat', action: 'shown', metadata: '{}' };
    await recordUse(fixture.database, { ...use, id: randomUUID(), referenceId: null, referenceType: null });
    const beyond = { limit: 5, after: { createdAt: new Date(0), id: randomUUID() } };
    const beyondAvatars = {
      limit: 5,
      after: { sort: 'createdAt', direction: 'desc', value: 0, id: avatar.id },
    } as const;
    const totals = await Promise.all([
      listProjects(fixture.database, accountId, beyond),
      listTransfers(fixture.database, accountId, beyond),
      listNotifications(fixture.database, accountId, beyond),
      listUses(fixture.database, { accountId, avatarId: avatar.id }, beyond),
      listGenerations(fixture.database, accountId, {}, beyond),
      listAvatars(fixture.database, accountId, {}, beyondAvatars),
    ]);
    expect(totals.map(({ items, total }) => [items.length, total])).toEqual([
      [0, 1],
      [0, 3],
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    const nobody = await listProjects(fixture.database, randomUUID(), { limit: 5 });
    expect(nobody).toEqual({ items: [], next: null, total: 0, totalIsExact: true });
  });
});

describe('projects', () => {
  it('are created once per id and are hidden from other accounts', async () => {
    const [tenant, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const project = { id: randomUUID(), accountId: tenant.account.id, name: 'Noir', description: 'rain' };
    expect((await createProject(fixture.database, project)).created).toBe(true);
    expect(await createProject(fixture.database, project)).toMatchObject({ created: false, project });
    expect(await readProject(fixture.database, stranger.account.id, project.id)).toBeUndefined();
    const list = await listProjects(fixture.database, tenant.account.id, { limit: 1 });
    expect(list).toMatchObject({ items: [{ id: project.id, avatarCount: 0, covers: [] }], total: 2 });
    const next = await listProjects(fixture.database, tenant.account.id, { limit: 1, after: list.next! });
    expect(next).toMatchObject({ items: [{ id: tenant.projectId }], next: null, total: 2 });
  });

  it('show their number of avatars and the four newest', async () => {
    const tenant = await newTenant(fixture.database);
    const avatarIds: string[] = [];
    for (let i = 0; i < 6; i += 1) {
      const { id } = await admitted(fixture.database, tenant);
      const avatar = anAvatar(tenant.account.id);
      await record(fixture.database, id, avatar);
      avatarIds.unshift(avatar.id);
    }
    await fixture.database.call('t.trash', 'UPDATE avatars SET trashed_at = now() WHERE id = $1', [avatarIds[0]]);
    const project = (await readProject(fixture.database, tenant.account.id, tenant.projectId))!;
    expect(project.avatarCount).toBe(5);
    expect(project.covers.map(({ avatarId }) => avatarId)).toEqual(avatarIds.slice(1, 5));
    expect(project.covers[0]).toMatchObject({ thumbhash: 'HBkSHYSIeHiPiHh8eJd4eTN0EEQG' });
  });
});

describe('listAvatars', () => {
  it('filters, searches and hides avatars of other accounts', async () => {
    const [tenant, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const recordAvatar = async (changes: Parameters<typeof anAvatar>[1]) => {
      const { id } = await admitted(fixture.database, tenant);
      const avatar = anAvatar(tenant.account.id, changes);
      await record(fixture.database, id, avatar);
      return { ...avatar, generationId: id };
    };
    const mage = await recordAvatar({ name: '100% Mage_1', style: 'fantasy' });
    const robot = await recordAvatar({
      name: 'Robot',
      style: 'sci-fi',
      attributes: { gender: 'nonbinary' },
      persona: {},
    });
    const find = async (filter: Parameters<typeof listAvatars>[2], accountId = tenant.account.id) =>
      (await listAvatars(fixture.database, accountId, filter, { limit: 10 })).items.map(({ id }) => id);
    expect(await find({})).toEqual([robot.id, mage.id]);
    expect(await find({ projectId: tenant.projectId, style: 'sci-fi', sourceType: 'text_to_image' })).toEqual([
      robot.id,
    ]);
    expect(await find({ gender: 'woman', ageRange: '60+' })).toEqual([mage.id]);
    expect(await find({ q: '100% mage_' })).toEqual([mage.id]);
    expect(await find({ q: 'LIGHTHOUSE' })).toEqual([mage.id]);
    // Signs alone are how a text is written, not what it says.
    expect(await find({ q: '%' })).toEqual([]);
    expect(await find({ trashed: true })).toEqual([]);
    expect(await find({}, stranger.account.id)).toEqual([]);
    expect(await readAvatar(fixture.database, stranger.account.id, mage.id)).toBeUndefined();
    const [found] = await avatarsOfGenerations(fixture.database, [robot.generationId]);
    expect(found).toMatchObject({ id: robot.id, name: 'Robot', widthPx: 1024, sizeBytes: 1000 });
  });
});

describe('notifications', () => {
  it('are marked as read one by one or all together, only by their own account', async () => {
    const [tenant, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    for (let i = 0; i < 2; i += 1) {
      const { id } = await admitted(fixture.database, tenant);
      await record(fixture.database, id, anAvatar(tenant.account.id));
    }
    const unread = async () =>
      (await listNotifications(fixture.database, tenant.account.id, { limit: 9 })).items.filter(
        ({ readAt }) => readAt === null,
      );
    const [first] = await unread();
    expect((await readNotification(fixture.database, first!.id))!.avatarName).toBe('Archmage');
    await markNotificationsRead(fixture.database, stranger.account.id, first!.id);
    expect(await unread()).toHaveLength(2);
    await markNotificationsRead(fixture.database, tenant.account.id, first!.id);
    expect(await unread()).toHaveLength(1);
    await markNotificationsRead(fixture.database, tenant.account.id);
    expect(await unread()).toHaveLength(0);
  });
});

describe('seed', () => {
  it('inserts 24 presets and three demo users with credits, and changes nothing when run again', async () => {
    const readSeeded = async () => {
      const presets = await readGallery(fixture.database);
      const users = [];
      for (const name of ['alice', 'bob', 'admin']) {
        const account = (await readAccountBySubject(fixture.database, `demo|${name}`))!;
        const projects = await listProjects(fixture.database, account.id, { limit: 5 });
        users.push([account.tier, account.posted, projects.items.map((project) => project.name)]);
      }
      return { presets, users };
    };
    await seed(fixture.urls.ownerUrl);
    const first = await readSeeded();
    expect(first.users).toEqual([
      ['free', 100, ['Tavern cast']],
      ['pro', 1000, ['My avatars']],
      ['pro', 1000, ['My avatars']],
    ]);
    expect(first.presets).toHaveLength(24);
    await seed(fixture.urls.ownerUrl);
    expect(await readSeeded()).toEqual(first);
  });
});
