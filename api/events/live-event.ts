import type { EventData, EventName } from '#contract/events.ts';

/** An event to be sent, serialized once for all streams. */
export type LiveEvent = { [Name in EventName]: LiveEventOf<Name> }[EventName];

export interface LiveEventOf<Name extends EventName> {
  readonly name: Name;
  readonly data: EventData<Name>;
  readonly json: string;
}

export function liveEvent<Name extends EventName>(name: Name, data: EventData<Name>): LiveEventOf<Name> {
  return { name, data, json: JSON.stringify(data) };
}
