import { describe, expect, it } from '@jest/globals';
import { paletteCommands } from './commands.ts';
import { initials } from './initials.ts';

const commands = (scopes: string[], search = '') =>
  paletteCommands({ session: { scopes }, workspaceId: 'acme', search }).map(({ label }) => label);

describe('the commands', () => {
  it('are those of the scopes somebody has', () => {
    expect(commands(['webhooks:read', 'activity:read'])).toEqual(['Webhooks', 'Activity log']);
    expect(commands(['webhooks:read', 'webhooks:write'])).toContain('Create webhook');
  });

  it('offer the delivery of an id', () => {
    const id = '5bb7a9c2-8a40-8c1e-9d1f-0c4f6d2f9b11';
    expect(commands(['deliveries:read'], id)).toEqual([`Delivery ${id}`]);
    expect(commands([], id)).toEqual([]);
  });
});

describe('initials', () => {
  it.each([
    ['Ana Brandt', 'AB'],
    ['ana maria brandt', 'AB'],
    ['ops@example.com', 'O'],
    ['', ''],
  ])('of "%s" are "%s"', (name, letters) => expect(initials(name)).toBe(letters));
});
