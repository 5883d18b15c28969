import { useState, type JSX } from 'react';
import { useCan } from '../../api/session.ts';
import { Button } from '../../ui/index.ts';
import { ConsoleLinkDialog, type IssuedLink } from './console-link-dialog.tsx';
import { IssuedLinkDialog } from './issued-link-dialog.tsx';

/** For those who may make links; others do not see it. */
export function ConsoleLinks({ workspaceId }: { workspaceId: string | undefined }): JSX.Element | null {
  const can = useCan();
  const [asks, setAsks] = useState(false);
  const [link, setLink] = useState<IssuedLink>();
  if (!can('console-links:write')) return null;
  return (
    <>
      <Button icon="link" onPress={() => setAsks(true)}>
        Console link
      </Button>
      {asks && (
        <ConsoleLinkDialog
          workspaceId={workspaceId}
          onClose={() => setAsks(false)}
          onIssued={(issued) => {
            setAsks(false);
            setLink(issued);
          }}
        />
      )}
      {link && <IssuedLinkDialog link={link} onClose={() => setLink(undefined)} />}
    </>
  );
}
