import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { TriggerView, VersionView } from '../../api/types.ts';
import { Select } from '../../ui/index.ts';
import { date } from '../../words/times.ts';
import { triggersQuery } from './trigger-queries.ts';

type Props = {
  /** Those that are live, newest first. */
  readonly versions: readonly VersionView[];
  readonly value: string;
  readonly onChange: (version: string) => void;
};

/** In which webhook version a trigger is looked at. */
export function VersionSelect({ versions, value, onChange }: Props): JSX.Element {
  return (
    <Select
      className="trigger-version"
      label="Webhook version"
      options={versions.map(({ name, status, expiresAt }) => ({
        value: name,
        label: name,
        description:
          expiresAt === null ? 'Current' : `${status === 'expired' ? 'Ended' : 'Ends'} on ${date(expiresAt)}`,
      }))}
      value={value}
      onChange={onChange}
    />
  );
}

type SameProps = { readonly shown: TriggerView; readonly version: string; readonly current: string };

/** Whether an alert of an older version looks as one of the current version does. */
export function SameAsCurrent({ shown, version, current }: SameProps): JSX.Element | null {
  const { data } = useQuery({ ...triggersQuery(), meta: { isAside: true } });
  const now = data?.items.find(({ type }) => type === shown.type);
  if (version === current || now === undefined) return null;
  const isSame = JSON.stringify([now.schema, now.example]) === JSON.stringify([shown.schema, shown.example]);
  return (
    <p className="small muted" role="status">
      {isSame ? `The same as in version ${current}.` : `Different from version ${current}, which is the current one.`}
    </p>
  );
}
