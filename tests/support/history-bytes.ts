import proto from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;
type IHistory = Parameters<typeof History.encode>[0];

/** Encodes a history as the server stores it. Payloads stay uncompressed, so a search in the bytes covers them too. */
export function encodeHistory(history: IHistory): Buffer {
  return Buffer.from(History.encode(history).finish());
}

export function decodeHistory(bytes: Uint8Array): IHistory {
  return History.decode(bytes);
}
