import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { account, type CallContext, cancel, create, get, type Incoming, list, output } from './api-calls.ts';
import type { Call } from '../faults/fault.ts';
import { actsFirst, fail, readBody, type Reply, send } from '../faults/wire.ts';
import { faultReply, UNAUTHENTICATED } from './replies.ts';

interface Route {
  readonly call: Call;
  readonly act: (incoming: Incoming) => Reply | Promise<Reply>;
}

const SECOND_MS = 1000;
/** `Prefer: wait` without a number. */
const WAIT_DEFAULT_S = 60;

/** Handles one call: routing, authorization, a scripted fault before the action, the action, a scripted fault after it. */
export async function handleCall(
  context: CallContext,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const origin = `http://${request.headers.host ?? '127.0.0.1'}`;
  const url = new URL(request.url ?? '/', origin);
  const incoming = { origin, query: url.searchParams, headers: request.headers, body: await readBody(request) };
  const route = routeOf(context, request.method ?? 'GET', url.pathname);
  if (route === undefined) return send(response, { status: 404, body: { title: 'Not found', status: 404 } });
  if (request.headers.authorization !== `Bearer ${token}`) return send(response, UNAUTHENTICATED);

  const { retryAfter, now } = context;
  if (route.call === 'create' && now() < retryAfter.untilMs) retryAfter.ignoredCalls += 1;
  const fault = context.faults.shiftForCall(route.call, incoming.body);
  if (fault?.fault === 'rate_limited')
    retryAfter.untilMs = Math.max(retryAfter.untilMs, now() + fault.retryAfterS * SECOND_MS);
  if (fault?.fault === 'slow') await sleep(fault.ms);
  const failing = fault?.fault === 'slow' ? undefined : fault;
  if (failing && !actsFirst(failing)) return fail(failing, request, response, faultReply(failing));
  const reply = await route.act(incoming);
  return failing ? fail(failing, request, response, faultReply(failing), reply) : send(response, reply);
}

function routeOf(context: CallContext, method: string, path: string): Route | undefined {
  const model = /^\/v1\/models\/([\w.-]+\/[\w.-]+)\/predictions$/.exec(path)?.[1];
  if (method === 'POST' && model) {
    return { call: 'create', act: (incoming) => createAndWait(context, model, incoming) };
  }
  const cancelled = /^\/v1\/predictions\/(\w+)\/cancel$/.exec(path)?.[1];
  if (method === 'POST' && cancelled)
    return { call: 'cancel', act: (incoming) => cancel(context, cancelled, incoming) };
  if (method !== 'GET') return undefined;
  if (path === '/v1/predictions') return { call: 'list', act: (incoming) => list(context, incoming) };
  if (path === '/v1/account') return { call: 'account', act: account };
  const predictionId = /^\/v1\/predictions\/(\w+)$/.exec(path)?.[1];
  if (predictionId) return { call: 'get', act: (incoming) => get(context, predictionId, incoming) };
  const file = /^\/files\/(\w+)\/out-0\.\w+$/.exec(path)?.[1];
  return file ? { call: 'output', act: () => output(context, file) } : undefined;
}

/** `Prefer: wait=n` delays the reply until the prediction is done (201) or the time is up (202). */
async function createAndWait(context: CallContext, model: string, incoming: Incoming): Promise<Reply> {
  const { prediction, ...reply } = create(context, model, incoming);
  const wait = /^wait(?:=(\d+))?$/.exec(String(incoming.headers['prefer'] ?? ''));
  if (prediction === undefined || wait === null) return reply;
  const untilMs = context.now() + Number(wait[1] ?? WAIT_DEFAULT_S) * SECOND_MS;
  const doneMs = context.store.endsMs(prediction);
  await sleep(Math.max(0, Math.min(untilMs, doneMs) - context.now()) + 1);
  const { body } = get(context, prediction.id, incoming);
  return { status: context.now() >= doneMs ? 201 : 202, body };
}
