import { Client } from 'pg';
import { createFakeReplicate, type FakeReplicate } from '../fakes/replicate/fake-replicate.ts';
import { openServiceEnvironment, type ServiceEnvironment } from './service-environment.ts';

/** Surroundings of API and worker processes that buy from a fake Replicate, and a superuser's connection to their database. */
export interface PaidService {
  readonly service: ServiceEnvironment;
  readonly replicate: FakeReplicate;
  readonly owner: Client;
  /** Variables with which processes buy from the fake alone. */
  readonly provider: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

export async function openPaidService(): Promise<PaidService> {
  const [service, replicate] = await Promise.all([openServiceEnvironment(), createFakeReplicate()]);
  const owner = new Client({ connectionString: service.databaseOwnerUrl });
  await owner.connect();
  return {
    service,
    replicate,
    owner,
    provider: {
      PROVIDERS: 'replicate',
      REPLICATE_API_TOKEN: replicate.token,
      REPLICATE_BASE_URL: replicate.url,
    },
    async close() {
      await owner.end();
      await service.close();
      await replicate.stop();
    },
  };
}
