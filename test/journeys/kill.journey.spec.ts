import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Installation } from '../support/installation.ts';
import { NamedEngines } from '../support/named-engines.ts';
import { ServerProcess } from '../support/server-process.ts';
import { PROJECTIONS } from '../chaos/documents.ts';
import { kill } from '../chaos/kill.trial.ts';
import { dataOnEventStore } from './event-store-data.ts';

describe('kill -9', () => {
  it('at random instants loses nothing, repeats only what was in flight, and leaves documents as a rebuild makes them', async () => {
    const seed = Date.now() % 1e6;
    const data = await dataOnEventStore(process.env['EVENTSTORE_URL'] ?? '');
    const { problems, summary } = await kill({ kills: 4, seed, data, longestMs: 600, schedule: '0,0.2,0.4,0.8' });
    expect({ seed, problems, summary }).toEqual({ seed, problems: [], summary });
  }, 60_000);
});

describe('SIGTERM', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'carillon-'))));
  afterAll(() => rm(folder, { recursive: true }));
  const engines = new NamedEngines();
  afterAll(() => engines.dispose());

  it('ends the process by itself', async () => {
    const server = await ServerProcess.start(folder, engines.env);
    expect(await server.kill('SIGTERM')).toBe(0);
  });
});

describe('the documents that are compared', () => {
  it('are those of everything that folds events', async () => {
    const installation = await Installation.open();
    try {
      const { projections, sagas } = installation.server;
      await sagas.start();
      const withoutDocuments = ['disable-failing-webhook', 'number-webhooks', 'open-locations', 'report-ignored-moves'];
      const followers = sagas.followers().map(({ name }) => name);
      const folding = [...projections.names(), ...followers].filter((name) => !withoutDocuments.includes(name));
      expect(PROJECTIONS.map(({ name }) => name).sort()).toEqual([...new Set(folding)].sort());
    } finally {
      await installation.dispose();
    }
  });
});
