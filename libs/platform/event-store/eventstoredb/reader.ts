import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { START, type Position, type Recorded } from '../../kernel/index.ts';
import type { Connection } from './connection.ts';
import { commandErrorOf, isDeleted } from './errors.ts';
import { Incoming } from './incoming.ts';
import { positionOf, recordedOf } from './recorded.ts';
import { placeOf, readAllBackwards, readFiltered, readStream } from './requests.ts';

/** The reads that come to an end. Names and positions are those of the port. */
export class Reader {
  readonly #connection: Connection;
  readonly #prefix: string;

  constructor(connection: Connection, prefix: string) {
    this.#connection = connection;
    this.#prefix = prefix;
  }

  /** A stream that does not exist, or was deleted, is empty. */
  async stream(stream: string, from: number, limit?: number): Promise<Recorded[]> {
    const events: Recorded[] = [];
    try {
      for await (const message of this.#messages(readStream(`${this.#prefix}${stream}`, from, limit))) {
        const event = message.getEvent();
        const ours = event && recordedOf(event, this.#prefix);
        if (ours) events.push(ours.event);
      }
    } catch (error) {
      if (!isDeleted(commandErrorOf(error))) throw error;
    }
    return events;
  }

  /** Of the newest event of anybody, START in an empty store. */
  async end(): Promise<Position> {
    for await (const message of this.#messages(readAllBackwards(undefined, 1))) {
      const event = message.getEvent();
      if (event) return positionOf(event);
    }
    return START;
  }

  /** Of the newest event of ours; the server looks back as far as it has to. START when there is none. */
  async newest(): Promise<Position> {
    for await (const message of this.#messages(readAllBackwards([this.#prefix]))) {
      const event = message.getEvent();
      if (event && recordedOf(event, this.#prefix)) return positionOf(event);
    }
    return START;
  }

  /** Of the newest event of ours that stands after this position, as the server has it now. */
  async newestAfter(position: Position): Promise<Position | undefined> {
    let newest: Position | undefined;
    for await (const message of this.#messages(readFiltered(placeOf(position), [this.#prefix]))) {
      const event = message.getEvent();
      if (event && recordedOf(event, this.#prefix) && positionOf(event) > position) newest = positionOf(event);
    }
    return newest;
  }

  #messages(request: ReadReq): Incoming {
    return new Incoming(this.#connection.read(request));
  }
}
