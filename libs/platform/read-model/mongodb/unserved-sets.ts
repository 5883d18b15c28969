import { MongoServerError, type Db } from 'mongodb';
import { KEPT_MS } from './document-sets.ts';
import type { Registry } from './registry.ts';

const NO_COLLECTION = 26;

/** Drops the collections of a projection that are no set any more, once nobody can be reading them. */
export async function dropUnserved(db: Db, registry: Registry, name: string): Promise<void> {
  // Before the registry is read: a set is in it before it has a collection.
  const collections = await db.listCollections({ name: new RegExp(`^${name}_g\\d+$`) }, { nameOnly: true }).toArray();
  const { sets, retired = {} } = await registry.read(name);
  const { localTime } = (await db.command({ hello: 1 })) as { readonly localTime: Date };
  const isKept = (generation: string) =>
    generation in sets || localTime.getTime() - (retired[generation]?.getTime() ?? 0) < KEPT_MS;
  for (const collection of collections) {
    const generation = generationOf(name, collection.name);
    if (generation !== undefined && !isKept(generation)) await drop(db, collection.name);
  }
  const over = Object.keys(retired).filter((generation) => !isKept(generation));
  if (over.length > 0) await registry.forget(name, over);
}

function generationOf(name: string, collection: string): string | undefined {
  const generation = collection.startsWith(`${name}_g`) ? collection.slice(name.length + 2) : '';
  return /^\d+$/.test(generation) ? generation : undefined;
}

async function drop(db: Db, collection: string): Promise<void> {
  try {
    await db.dropCollection(collection);
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === NO_COLLECTION)) throw error;
  }
}
