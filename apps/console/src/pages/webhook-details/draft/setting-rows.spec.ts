import { describe, expect, it } from '@jest/globals';
import type { DraftView } from '../../../api/types.ts';
import { settingRows } from './setting-rows.ts';

const delivery = {
  concurrency: 16,
  ratePerSecond: null,
  burst: 10,
  strictOrder: false,
  schedule: null,
  onExhausted: 'disable',
} as const;
const webhook = {
  name: 'Billing sync',
  description: '',
  url: 'https://new.example/hook',
  secret: 'a-new-secret',
  headers: { Authorization: 'Bearer new', 'X-Same': 'kept' },
  triggers: ['a', 'b'],
  applyToAllDescendants: true,
  version: '2026-11-01',
  delivery,
} as unknown as DraftView['webhook'];
const draft = (differences: DraftView['differences'], changes: Partial<DraftView['webhook']> = {}) =>
  ({ webhook: { ...webhook, ...changes }, differences }) as unknown as DraftView;
const rowsOf = (view: DraftView) =>
  Object.fromEntries(settingRows(view, (type) => `Trigger ${type}`).map((row) => [row.field, row]));

describe('the settings of a draft', () => {
  it('are the same where publishing changes nothing', () => {
    const rows = rowsOf(draft([]));
    for (const { isChanged, live, draft: after } of Object.values(rows)) {
      expect(isChanged).toBe(false);
      expect(after).toEqual(live);
    }
    expect(rows['triggers']?.live).toEqual(['Trigger a', 'Trigger b']);
    expect(rows['description']?.live).toEqual(['none']);
  });

  it('stand beside those of the webhook where they are others', () => {
    const rows = rowsOf(
      draft([
        { field: 'url', live: 'https://old.example/hook', draft: webhook.url },
        { field: 'triggers', live: ['b'], draft: ['a', 'b'] },
        { field: 'version', live: '2026-01-01', draft: '2026-11-01' },
        { field: 'delivery', live: { ...delivery, strictOrder: true }, draft: delivery },
      ]),
    );
    expect(rows['url']).toMatchObject({
      isChanged: true,
      live: ['https://old.example/hook'],
      draft: ['https://new.example/hook'],
    });
    expect(rows['triggers']).toMatchObject({ live: ['Trigger b'], draft: ['Trigger a', 'Trigger b'] });
    expect(rows['version']).toMatchObject({ live: ['2026-01-01'], draft: ['2026-11-01'] });
    expect(rows['delivery']?.live[0]).toMatch(/^Order: Strict/);
    expect(rows['delivery']?.draft[0]).toMatch(/^Order: Any/);
  });

  it('never tell a secret or the value of a header', () => {
    const view = draft([
      { field: 'secret', live: 'the-old-secret', draft: webhook.secret },
      { field: 'headers', live: { Authorization: 'Bearer old', 'X-Same': 'kept' }, draft: webhook.headers },
    ]);
    const rows = rowsOf(view);
    expect(JSON.stringify(rows)).not.toMatch(/secret"[^:]*the-old|a-new-secret|Bearer|kept/);
    expect(rows['secret']?.draft).toEqual(['•••••••• (another secret)']);
    expect(rows['headers']?.draft).toEqual(['Authorization: •••••••• (another value)', 'X-Same: ••••••••']);
  });

  it('claim no other value of a header that is masked', () => {
    const headers = { Authorization: '********' };
    const rows = rowsOf(
      draft([{ field: 'headers', live: { Old: '********', ...headers }, draft: headers }], { headers }),
    );
    expect(rows['headers']).toMatchObject({
      live: ['Old: ••••••••', 'Authorization: ••••••••'],
      draft: ['Authorization: ••••••••'],
    });
  });

  it('have the secret of the location where there is no other', () => {
    expect(rowsOf(draft([], { secret: null }))['secret']?.live).toEqual(['that of the location']);
  });
});
