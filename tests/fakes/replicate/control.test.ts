import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

async function post(url: string, body: unknown): Promise<unknown> {
  const reply = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return reply.json();
}

it('the Replicate fake runs as its own process and is controlled over HTTP', async () => {
  const child = spawn(process.execPath, ['tests/fakes/replicate/main.ts'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [output] = (await once(createInterface(child.stdout), 'line')) as [string];
    const [, url = '', token = ''] = /REPLICATE_BASE_URL=(\S+) REPLICATE_API_TOKEN=(\S+)/.exec(output) ?? [];
    const control = `${new URL(url).origin}/__fake`;
    const create = () =>
      fetch(`${url}/models/black-forest-labs/flux-dev/predictions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ input: { prompt: 'a fox', seed: 3 } }),
      });

    await post(`${control}/script`, [{ on: 'create', fault: 'reset_after_accept' }]);
    await expect(create()).rejects.toThrow('fetch failed');
    expect((await create()).status).toBe(201);
    const ledger = await fetch(`${control}/ledger`).then((reply) => reply.json());
    expect(ledger).toMatchObject([{ prompt: 'a fox' }, { prompt: 'a fox' }]);
    const calls = await fetch(`${control}/calls`).then((reply) => reply.json());
    expect(calls).toEqual({ 'POST /v1/models/black-forest-labs/flux-dev/predictions': 2 });
    expect(await post(`${control}/reset`, {})).toEqual([]);
    expect(await post(`${control}/script`, [{ on: 'create', fault: 'nonsense' }])).toHaveProperty('error');
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});
