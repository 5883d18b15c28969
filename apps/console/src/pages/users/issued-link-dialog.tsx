import { useMutation } from '@tanstack/react-query';
import type { JSX } from 'react';
import { api } from '../../api/client.ts';
import { Banner, Button, Code, Dialog, ErrorPanel, Time, toast } from '../../ui/index.ts';
import type { IssuedLink } from './console-link-dialog.tsx';

/** The one time the link is shown. */
export function IssuedLinkDialog({ link, onClose }: { link: IssuedLink; onClose: () => void }): JSX.Element {
  const revoking = useMutation({
    mutationFn: () => api.DELETE('/console-links/{id}', { params: { path: { id: link.id } } }),
    onSuccess: () => {
      toast('The console link was revoked');
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isDismissable={false}
      title="The console link"
      footer={
        <>
          <Button kind="danger" onPress={() => revoking.mutate()} isPending={revoking.isPending}>
            Revoke it
          </Button>
          <Button kind="primary" onPress={onClose}>
            I have copied it
          </Button>
        </>
      }
    >
      <Banner tone="warn" title="It is shown this once">
        Whoever has it can open it, one time. Send it to one person only.
      </Banner>
      <Code label="Console link" text={link.url} isWrapped />
      <p className="muted small">
        It can be opened until <Time at={link.expiresAt} as="both" />.
      </p>
      {revoking.isError && <ErrorPanel error={revoking.error} title="The link could not be revoked" />}
    </Dialog>
  );
}
