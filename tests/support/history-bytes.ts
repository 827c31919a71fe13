import proto from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;
type IHistory = Parameters<typeof History.encode>[0];

/** A history as the server keeps it. Payloads are in it as they are, so a search in the bytes searches them too. */
export function encodeHistory(history: IHistory): Buffer {
  return Buffer.from(History.encode(history).finish());
}

export function decodeHistory(bytes: Uint8Array): IHistory {
  return History.decode(bytes);
}
