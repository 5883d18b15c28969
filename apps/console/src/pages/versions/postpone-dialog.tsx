import { useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { api } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Cell, ErrorPanel, FormDialog, Row, RowHeader, serverNow, Table, TextField, toast } from '../../ui/index.ts';
import { dateAndTime } from '../../words/times.ts';
import { milestoneNames, milestonesBefore, milestonesOf, monthsAfter, postponeError } from './milestones.ts';
import { localInput } from './month.ts';
import { adoption, type VersionDetails } from './version-data.ts';

type Props = { readonly version: VersionDetails; readonly onClose: () => void };

const columns = [
  { id: 'what', label: 'What moves' },
  { id: 'now', label: 'Now' },
  { id: 'then', label: 'Then' },
] as const;

/** Asks for another end, and shows what moves with it before anything does. */
export function PostponeDialog({ version, onClose }: Props): JSX.Element {
  const { name } = version;
  const expiresAt = Date.parse(version.expiresAt ?? '');
  const client = useQueryClient();
  const [text, setText] = useState(() => localInput(monthsAfter(expiresAt, 1)));
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const [isPending, setPending] = useState(false);
  const wanted = Date.parse(text);
  const submit = async (): Promise<void> => {
    const wrong = postponeError(wanted, expiresAt, serverNow());
    setError(wrong);
    setFailure(undefined);
    if (wrong !== undefined) return;
    setPending(true);
    try {
      const body = { expiresAt: new Date(wanted).toISOString() };
      await api.POST('/versions/{name}/postpone', { params: { path: { name } }, body });
    } catch (problem) {
      setPending(false);
      const ofField = problem instanceof ApiProblem ? problem.messageOf('expiresAt') : undefined;
      return ofField === undefined ? setFailure(problem) : setError(`The date ${ofField}.`);
    }
    toast(`Version ${name} ends ${dateAndTime(wanted)}`, { detail: 'The new date is being announced.' });
    onClose();
    await client.invalidateQueries({ queryKey: ['versions'] });
  };
  return (
    <FormDialog
      size="wide"
      title={`Postpone the expiration of ${name}?`}
      action="Postpone"
      cancel="Keep the date"
      isPending={isPending}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <TextField
        label="New expiration"
        type="datetime-local"
        value={text}
        onChange={(value) => {
          setText(value);
          setError(undefined);
        }}
        error={error}
        description="In your local time. Later than the date it has, at most five years ahead."
        autoFocus
      />
      <WhatMoves version={version} to={wanted} />
      <p>
        {adoption(version)}. Their admins are mailed the new date at once, and what had happened before the old date
        happens again before the new one. This cannot be undone: an end only moves later.
      </p>
      {failure !== undefined && <ErrorPanel error={failure} />}
    </FormDialog>
  );
}

function WhatMoves({ version, to }: { version: VersionDetails; to: number }): JSX.Element | null {
  const now = serverNow();
  if (Number.isNaN(to)) return null;
  const then = new Map(milestonesBefore(to, now).map(({ kind, at }) => [kind, at]));
  const moving = milestonesOf(version).filter(({ kind }) => kind !== 'released');
  return (
    <Table label="What moves" columns={columns} isKept>
      {moving.map(({ kind, at }) => (
        <Row key={kind}>
          <RowHeader column="what">{milestoneNames[kind]}</RowHeader>
          <Cell column="now">{dateAndTime(at)}</Cell>
          <Cell column="then">{kind === 'announcement' ? 'At once' : dateAndTime(then.get(kind) ?? to)}</Cell>
        </Row>
      ))}
    </Table>
  );
}
