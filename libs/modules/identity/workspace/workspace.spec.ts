import { describe, expect, it } from '@jest/globals';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import {
  ChangeWorkspaceSettings,
  MoveWorkspace,
  OpenLocation,
  RecordIgnoredMove,
  RegisterWorkspace,
  RotateWorkspaceSecret,
  workspaceSettingsSchema,
} from './workspace.commands.ts';
import { parentOfWorkspace, workspace } from './workspace.decider.ts';
import type { WorkspaceEvent, WorkspaceSettings } from './workspace.events.ts';

const metadata: CommandMetadata = { at: 1_700_000_000_000, actor: 'client:tester', traceId: 'trace' };
const settings: WorkspaceSettings = {
  type: 'child',
  companyName: 'Company 1',
  displayName: 'One',
  domain: '',
  adminEmails: 'a@one.example',
  notificationLevel: 'all',
};
const workspaceId = 'w';
const location = { businessId: 7, secret: 'sealed' };
const registered = (parentWorkspaceId: string | null = 'p', changes: object = {}): WorkspaceEvent => ({
  type: 'WorkspaceRegistered',
  data: { workspaceId, parentWorkspaceId, ...settings, ...changes },
});
const opened: WorkspaceEvent = { type: 'LocationOpened', data: { workspaceId, ...location } };
const rotated = (secret: string): WorkspaceEvent => ({ type: 'WorkspaceSecretRotated', data: { workspaceId, secret } });
const moved = (parentWorkspaceId: string): WorkspaceEvent => ({
  type: 'WorkspaceMoved',
  data: { workspaceId, parentWorkspaceId },
});
const ignored = (parentWorkspaceId: string, movedRevision: number): WorkspaceEvent => ({
  type: 'WorkspaceMoveIgnored',
  data: { workspaceId, parentWorkspaceId, movedRevision },
});
const register = (parentWorkspaceId: string | null = 'p') =>
  new RegisterWorkspace({ workspaceId, parentWorkspaceId, ...settings }, metadata);
const open = (changes: object = {}) => new OpenLocation({ workspaceId, ...location, ...changes }, metadata);
const rotate = (secret: string, overlapSeconds?: number) =>
  new RotateWorkspaceSecret({ workspaceId, secret, overlapSeconds }, metadata);
const move = (from: string | null, to: string) => new MoveWorkspace({ workspaceId, from, to }, metadata);
const { given, when } = specify(workspace);

describe('an unknown workspace', () => {
  it('is registered under its parent', () => when(register()).then([registered()]));

  it('is called by its company name if it has no other', () => {
    const unnamed = { ...settings, displayName: '' };
    when(new RegisterWorkspace({ workspaceId, parentWorkspaceId: 'p', ...unnamed }, metadata)).then([
      {
        type: 'WorkspaceRegistered',
        data: { workspaceId, parentWorkspaceId: 'p', ...settings, displayName: 'Company 1' },
      },
    ]);
  });

  it('is registered as the location it is given', () => {
    when(new RegisterWorkspace({ workspaceId, parentWorkspaceId: 'p', ...settings, location }, metadata)).then([
      registered('p', { location }),
    ]);
  });

  it('cannot be its own parent', () => when(register(workspaceId)).thenRefused('conflict'));

  it('cannot be changed, moved, opened or given a secret', () => {
    when(new ChangeWorkspaceSettings({ workspaceId, ...settings }, metadata)).thenRefused('not-found');
    when(move('p', 'q')).thenRefused('not-found');
    when(open()).thenRefused('not-found');
    when(rotate('another')).thenRefused('not-found');
  });
});

describe('a registered workspace', () => {
  it('stays as it is when it is registered again, its parent included', () => {
    given([registered('p')])
      .when(register('another'))
      .thenNothing();
  });

  it('takes new settings', () => {
    const changed = { ...settings, displayName: 'Uno', notificationLevel: 'none' as const };
    given([registered()])
      .when(new ChangeWorkspaceSettings({ workspaceId, ...changed }, metadata))
      .then([{ type: 'WorkspaceSettingsChanged', data: { workspaceId, ...changed } }]);
  });

  it('has nothing to change when the settings are the same', () => {
    given([registered()])
      .when(new ChangeWorkspaceSettings({ workspaceId, ...settings }, metadata))
      .thenNothing();
  });

  it('moves from the parent the caller saw to another', () => {
    given([registered('p')])
      .when(move('p', 'q'))
      .then([moved('q')]);
  });

  it('does not move to where it is', () =>
    given([registered('p')])
      .when(move('p', 'p'))
      .thenNothing());

  it('does not move under itself', () =>
    given([registered('p')])
      .when(move('p', workspaceId))
      .thenRefused('conflict'));

  it('does not move once someone else has moved it', () => {
    given([registered('p'), moved('q')])
      .when(move('p', 'r'))
      .thenRefused('conflict', /meanwhile/);
  });
});

describe('a workspace that is no location', () => {
  it('is opened', () => given([registered()]).when(open()).then([opened]));

  it('has no secret to rotate', () => given([registered()]).when(rotate('another')).thenRefused('conflict'));
});

describe('a location', () => {
  const isOpen = { 'by its registration': registered('p', { location }), 'by an event of its own': opened };

  it.each(Object.entries(isOpen))('that is open %s keeps its BusinessId and its secret', (_how, event) => {
    given([registered(), event])
      .when(open({ businessId: 8, secret: 'another' }))
      .thenNothing();
  });

  it.each(Object.entries(isOpen))('that is open %s takes another secret', (_how, event) => {
    given([registered(), event])
      .when(rotate('another'))
      .then([rotated('another')]);
    given([registered(), event])
      .when(rotate('another', 0))
      .then([rotated('another')]);
  });

  it.each(Object.entries(isOpen))('that is open %s keeps the one before for as long as is said', (_how, event) => {
    const data = { workspaceId, secret: 'another', previous: 'sealed', previousUntil: metadata.at + 2_000 };
    given([registered(), event])
      .when(rotate('another', 2))
      .then([{ type: 'WorkspaceSecretRotated', data }]);
  });

  it('keeps no more than the one before', () => {
    const data = { workspaceId, secret: 'third', previous: 'another', previousUntil: metadata.at + 1_000 };
    given([registered('p', { location }), rotated('another')])
      .when(rotate('third', 1))
      .then([{ type: 'WorkspaceSecretRotated', data }]);
  });
});

describe('the root workspace', () => {
  it('cannot be moved', () =>
    given([registered(null)])
      .when(move(null, 'q'))
      .thenRefused('conflict', /root/));
});

describe('a move that every fold left out', () => {
  const record = (movedRevision: number) => new RecordIgnoredMove({ workspaceId, movedRevision }, metadata);

  it('is recorded as ignored', () => {
    given([registered('p'), moved('q'), moved('r')])
      .when(record(1))
      .then([ignored('q', 1)]);
  });

  it('is found by its revision, whatever else happened to the workspace', () => {
    given([registered('p'), opened, rotated('another'), moved('q'), moved('r')])
      .when(record(3))
      .then([ignored('q', 3)]);
  });

  it('is recorded once', () => {
    given([registered('p'), moved('q'), ignored('q', 1)])
      .when(record(1))
      .thenNothing();
  });

  it('leaves the workspace where it was before', () => {
    given([registered('p'), moved('q'), ignored('q', 1)])
      .when(move('p', 'r'))
      .then([moved('r')]);
  });

  it('does not undo a later move', () => {
    const state = [registered('p'), moved('q'), moved('r'), ignored('q', 1)].reduce(
      workspace.evolve,
      workspace.initialState(),
    );
    expect(state && parentOfWorkspace(state)).toBe('r');
  });

  it('cannot be one that was never made', () => {
    given([registered(null)])
      .when(record(0))
      .thenNothing();
    given([registered('p')])
      .when(record(7))
      .thenNothing();
  });
});

describe('the settings as they are sent', () => {
  const sent = { type: 'child', companyName: ' Company 1 ' };

  it('have defaults for all but the type and the company name', () => {
    expect(workspaceSettingsSchema.parse(sent)).toEqual({
      type: 'child',
      companyName: 'Company 1',
      displayName: '',
      domain: '',
      adminEmails: '',
      notificationLevel: 'all',
    });
  });

  it('take several e-mail addresses, separated by commas', () => {
    const read = (adminEmails: string) => workspaceSettingsSchema.safeParse({ ...sent, adminEmails });
    expect(read(' a@x.example, b@x.example ,').data?.adminEmails).toBe('a@x.example,b@x.example');
    expect(read('a@x.example; b@x.example').success).toBe(false);
    expect(read('nobody').success).toBe(false);
  });

  it('refuse what they do not know', () => {
    expect(workspaceSettingsSchema.safeParse({ ...sent, colour: 'red' }).success).toBe(false);
  });
});
