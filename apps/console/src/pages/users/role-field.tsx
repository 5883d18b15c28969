import type { JSX } from 'react';
import { roleNames, type Role } from '../../api/session.ts';
import { RadioGroup } from '../../ui/index.ts';
import { rolesToGive, roleWords } from './roles.ts';

type Props = {
  readonly own: Role;
  readonly isRoot: boolean;
  readonly value: Role;
  readonly onChange: (role: Role) => void;
  readonly error: string | undefined;
};

/** A role by what it may do. */
export function RoleField({ own, isRoot, value, onChange, error }: Props): JSX.Element {
  return (
    <RadioGroup
      label="Role"
      options={rolesToGive({ own, isRoot }).map(({ role, reason }) => ({
        value: role,
        label: roleNames[role],
        description: reason === undefined ? roleWords[role] : `${roleWords[role]} ${reason}`,
        isDisabled: reason !== undefined,
      }))}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
