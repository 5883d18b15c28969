import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { START, type Position } from '../../kernel/index.ts';
import type { NewEvent } from '../port.ts';

/** Where in `$all`: a transaction of an older server is committed elsewhere than its events were prepared. */
export type Place = { readonly commit: string; readonly prepare: string };

export const placeOf = (position: Position): Place => ({ commit: String(position), prepare: String(position) });

/** How many events a filtered subscription looks at between two checkpoints. */
const WINDOW = 256;
const EVERYTHING = String(Number.MAX_SAFE_INTEGER);

/** Every event from a place on, this one included; system events too. */
export const readAllFrom = (place: Place, count: number): ReadReq => request(all(place).setCount(String(count)));

/** The newest events first. */
export const readAllBackwards = (prefixes: readonly string[] | undefined, count?: number): ReadReq => {
  const { ReadDirection } = streams.ReadReq.Options;
  const options = all('end')
    .setReadDirection(ReadDirection.BACKWARDS)
    .setCount(count ? String(count) : EVERYTHING);
  return request(options, prefixes);
};

/** From a place on, this one included, to the end there is at that moment. */
export const readFiltered = (place: Place | undefined, prefixes: readonly string[]): ReadReq =>
  request(all(place).setCount(EVERYTHING), prefixes);

/** After the event at this place, or from the beginning; history first, then live. */
export const subscribe = (after: Place | undefined, prefixes: readonly string[]): ReadReq =>
  request(all(after).setSubscription(new streams.ReadReq.Options.SubscriptionOptions()), prefixes);

export function readStream(name: string, from: number, limit: number | undefined): ReadReq {
  const stream = new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(name));
  const options = new streams.ReadReq.Options().setStream(stream.setRevision(String(from)));
  return request(options.setCount(limit === undefined ? EVERYTHING : String(limit)));
}

export function append(
  correlation: string,
  stream: string,
  expected: number | 'no-stream',
  events: readonly EncodedEvent[],
): BatchAppendReq {
  const options = new streams.BatchAppendReq.Options().setStreamIdentifier(identifier(stream));
  if (expected === 'no-stream') options.setNoStream(new shared.Empty());
  else options.setStreamPosition(String(expected));
  return new streams.BatchAppendReq()
    .setCorrelationId(uuid(correlation))
    .setOptions(options)
    .setProposedMessagesList(events.map(proposed))
    .setIsFinal(true);
}

export type EncodedEvent = Pick<NewEvent, 'id' | 'type'> & { readonly data: Uint8Array; readonly metadata: Uint8Array };

function proposed({ id, type, data, metadata }: EncodedEvent): BatchAppendReq.ProposedMessage {
  const message = new streams.BatchAppendReq.ProposedMessage().setId(uuid(id));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  return message.setData(data).setCustomMetadata(metadata);
}

function all(place: Place | 'end' | undefined): ReadReq.Options {
  const from = new streams.ReadReq.Options.AllOptions();
  if (place === 'end') from.setEnd(new shared.Empty());
  else if (place === undefined || Number(place.commit) <= START) from.setStart(new shared.Empty());
  else {
    const position = new streams.ReadReq.Options.Position();
    from.setPosition(position.setCommitPosition(place.commit).setPreparePosition(place.prepare));
  }
  return new streams.ReadReq.Options().setAll(from);
}

function request(options: ReadReq.Options, prefixes?: readonly string[]): ReadReq {
  options.setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()));
  if (prefixes) {
    const names = new streams.ReadReq.Options.FilterOptions.Expression().setPrefixList([...prefixes]);
    const filter = new streams.ReadReq.Options.FilterOptions().setStreamIdentifier(names);
    options.setFilter(filter.setMax(WINDOW).setCheckpointintervalmultiplier(1));
  } else options.setNoFilter(new shared.Empty());
  return new streams.ReadReq().setOptions(options);
}

const uuid = (text: string) => new shared.UUID().setString(text);
const identifier = (name: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(name));
