import type { Collection as Documents } from 'mongodb';
import type { Position } from '../../kernel/index.ts';
import { checkCount, checkQuery, pageOf, type CheckedQuery } from '../check-query.ts';
import type { DeclaredFields } from '../declared-fields.ts';
import type { Collection, Condition, Page, Query, Stored } from '../port.ts';
import type { Calls } from './calls.ts';
import type { DocumentSet } from './document-sets.ts';
import { filterOf, selections, type DocumentFilter, type StoredDocument } from './query-filter.ts';
import type { Registry } from './registry.ts';
import { storeNewer } from './store-newer.ts';

type Row = Pick<StoredDocument, '_id' | 'position' | 'json'>;
const PROJECTION = { position: 1, json: 1 } as const;

export class MongoCollection<Doc extends object> implements Collection<Doc> {
  constructor(
    private readonly fields: DeclaredFields,
    private readonly set: DocumentSet,
    private readonly documentsOf: (name: string, generation: number) => Documents<StoredDocument>,
    private readonly registry: Registry,
    private readonly calls: Calls,
  ) {}

  get stale(): boolean {
    return this.set.isStale(this.fields);
  }

  async get(id: string): Promise<Stored<Doc> | undefined> {
    const [found] = await this.getMany([id]);
    return found;
  }

  async getMany(ids: readonly string[]): Promise<readonly Stored<Doc>[]> {
    if (ids.length === 0) return this.calls.run(async () => []);
    const filter = ids.length === 1 ? { _id: ids[0] as string } : { _id: { $in: [...ids] } };
    const rows = await this.read((documents) => {
      return documents.find(filter, { projection: PROJECTION, batchSize: ids.length + 1 }).toArray();
    });
    return rows.map((row) => this.stored(row));
  }

  async find(query: Query): Promise<Page<Doc>> {
    const checked = checkQuery(this.fields, query);
    const rows = await this.read((documents) => this.select(documents, checked, checked.limit + 1));
    return pageOf(
      this.fields,
      checked,
      rows.map((row) => this.stored(row)),
    );
  }

  async count(where: readonly Condition[] = [], atMost?: number): Promise<number> {
    checkCount(this.fields, where, atMost);
    // To the server a limit of 0 is none.
    if (atMost === 0) return this.calls.run(async () => 0);
    const filter: DocumentFilter = filterOf(this.fields, where);
    // Without conditions it would read the documents, not an index.
    const options = { ...(atMost !== undefined && { limit: atMost }), ...(where.length === 0 && { hint: { _id: 1 } }) };
    return this.read((documents) => documents.countDocuments(filter, options));
  }

  async checkpoint(): Promise<Position> {
    return this.calls.run(() => this.set.checkpoint());
  }

  /** The checkpoint is moved once all documents are stored; what ends a commit in between is made good by repeating it. */
  async commit(documents: readonly Stored<Doc>[], checkpoint: Position): Promise<void> {
    const rows = documents.map((stored) => this.toStore(stored));
    await this.calls.run(async () => {
      for (;;) {
        const generation = await this.set.toWrite(this.fields);
        await storeNewer(this.documentsOf(this.fields.name, generation), rows);
        if (await this.registry.moveCheckpoint(this.fields.name, generation, checkpoint)) return;
        await this.set.replaced(generation);
      }
    });
  }

  private read<T>(work: (documents: Documents<StoredDocument>) => Promise<T>): Promise<T> {
    return this.calls.run(async () => {
      for (;;) {
        const seen = await this.set.toRead();
        const answer = await work(this.documentsOf(this.fields.name, seen.generation));
        if (await this.set.isKept(seen)) return answer;
      }
    });
  }

  private async select(documents: Documents<StoredDocument>, query: CheckedQuery, limit: number): Promise<Row[]> {
    const rows: Row[] = [];
    for (const { filter, sort } of selections(this.fields, query)) {
      const wanted = limit - rows.length;
      const size = { skip: query.skip, limit: wanted, batchSize: wanted + 1 };
      const options = { projection: PROJECTION, sort, ...size, allowDiskUse: true };
      rows.push(...(await documents.find(filter, options).toArray()));
      if (rows.length >= limit) break;
    }
    return rows;
  }

  private toStore({ id, position, document }: Stored<Doc>): StoredDocument {
    const fields: Record<string, string | number | boolean> = {};
    for (const field of this.fields.types.keys()) {
      const value = this.fields.valueOf(document, field);
      if (value !== null) fields[field] = value;
    }
    return { _id: id, position, fields, json: JSON.stringify(document) };
  }

  private stored({ _id, position, json }: Row): Stored<Doc> {
    return { id: _id, position, document: JSON.parse(json) as Doc };
  }
}
