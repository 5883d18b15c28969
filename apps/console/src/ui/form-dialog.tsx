import { useId, type JSX, type ReactNode, type Ref } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

type Props = {
  readonly title: string;
  /** The fields, and what went wrong. */
  readonly children: ReactNode;
  /** The verb: "Invite". */
  readonly action: string;
  /** What is done instead: "Keep the date". */
  readonly cancel?: string;
  readonly size?: 'normal' | 'wide';
  readonly isPending?: boolean;
  /** False where leaving would lose what was typed. */
  readonly isDismissable?: boolean;
  readonly disabledReason?: string | undefined;
  readonly onClose: () => void;
  /** Not called while it is pending. */
  readonly onSubmit: () => void;
  readonly formRef?: Ref<HTMLFormElement>;
};

/** Asks for something to be filled in. Its own checks are shown at the fields, not the browser's. */
export function FormDialog(props: Props): JSX.Element {
  const { title, children, action, cancel = 'Cancel', isPending = false, disabledReason, onClose, onSubmit } = props;
  const id = useId();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      {...(props.size && { size: props.size })}
      {...(props.isDismissable !== undefined && { isDismissable: props.isDismissable })}
      title={title}
      footer={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" type="submit" form={id} isPending={isPending} disabledReason={disabledReason}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={id}
        ref={props.formRef}
        className="stack gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) onSubmit();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}
