import { useState, type JSX, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorPanel } from './error-panel.tsx';

type Props = {
  /** A question that names the thing: "Remove Billing sync?" */
  readonly title: string;
  /** What follows from it. */
  readonly children: ReactNode;
  /** The verb: "Remove". */
  readonly action: string;
  /** What is done instead: "Keep". */
  readonly cancel?: string;
  readonly isDanger?: boolean;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Closes when it resolves; what it rejects with is shown inside. */
  readonly onConfirm: () => Promise<unknown>;
  readonly disabledReason?: string | undefined;
};

/** Asks before what cannot be taken back. The focus begins on the harmless button. */
export function ConfirmDialog(props: Props): JSX.Element {
  const {
    title,
    children,
    action,
    cancel = 'Cancel',
    isDanger = false,
    isOpen,
    onClose,
    onConfirm,
    disabledReason,
  } = props;
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const close = (): void => {
    setError(undefined);
    onClose();
  };
  const confirm = async (): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      await onConfirm();
      close();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      role="alertdialog"
      title={title}
      isOpen={isOpen}
      onClose={close}
      footer={
        <>
          <Button onPress={close} autoFocus>
            {cancel}
          </Button>
          <Button
            kind={isDanger ? 'danger-primary' : 'primary'}
            onPress={() => void confirm()}
            isPending={isPending}
            disabledReason={disabledReason}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="stack gap-3">{children}</div>
      {error !== undefined && <ErrorPanel error={error} />}
    </Dialog>
  );
}
