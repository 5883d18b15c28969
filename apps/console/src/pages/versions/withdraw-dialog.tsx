import { useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { api } from '../../api/client.ts';
import { ConfirmDialog, toast } from '../../ui/index.ts';

type Props = {
  readonly name: string;
  readonly restores: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

export function WithdrawDialog({ name, restores, isOpen, onClose }: Props): JSX.Element {
  const client = useQueryClient();
  const withdraw = async (): Promise<void> => {
    await api.POST('/versions/{name}/withdraw', { params: { path: { name } } });
    toast(`Version ${name} is withdrawn`, { detail: `${restores} is current again.` });
    await client.invalidateQueries({ queryKey: ['versions'] });
  };
  return (
    <ConfirmDialog
      title={`Withdraw version ${name}?`}
      action="Withdraw"
      cancel="Keep"
      isDanger
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={withdraw}
    >
      <p>
        Version {restores} is current again and has no end any more. Whoever was mailed its end is told that it goes on.
      </p>
      <p>
        The name {name} stays used. Events that were published in its shape meanwhile are still delivered, in the shape
        of each webhook.
      </p>
    </ConfirmDialog>
  );
}
