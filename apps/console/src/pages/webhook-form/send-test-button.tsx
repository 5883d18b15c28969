import { useMutation } from '@tanstack/react-query';
import type { JSX } from 'react';
import { Button, toastError } from '../../ui/index.ts';
import type { EditMode } from './form-values.ts';
import { sendTest } from './save.ts';

export function SendTestButton({ mode, isUnsaved }: { mode: EditMode; isUnsaved: boolean }): JSX.Element {
  const test = useMutation({
    mutationFn: () => sendTest(mode),
    onError: (error) => toastError(error, 'The test could not be sent'),
  });
  return (
    <Button
      icon="send"
      isPending={test.isPending}
      onPress={() => test.mutate()}
      disabledReason={isUnsaved ? 'A test shows what is saved. Save your changes first.' : undefined}
    >
      {mode.kind === 'edit' ? 'Send test' : 'Send test of the draft'}
    </Button>
  );
}
