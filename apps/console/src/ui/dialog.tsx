import type { JSX, ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';

type DialogProps = {
  readonly title: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the one that does it last. */
  readonly footer?: ReactNode;
  readonly role?: 'dialog' | 'alertdialog';
  readonly size?: 'normal' | 'wide';
  /** False where leaving would lose what was typed or shown: only its buttons close it. */
  readonly isDismissable?: boolean;
};

/** Something asked or shown before going on. Focus stays inside, and returns to where it came from. */
export function Dialog(props: DialogProps): JSX.Element {
  const { title, isOpen, onClose, children, footer, role = 'dialog', size, isDismissable = true } = props;
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={isDismissable && role === 'dialog'}
      isKeyboardDismissDisabled={!isDismissable}
    >
      <Modal className={classNames('modal', size === 'wide' && 'is-wide')}>
        <AriaDialog role={role}>
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {role === 'dialog' && isDismissable && (
              <IconButton icon="close" label="Close" tooltip={false} size="small" onPress={onClose} />
            )}
          </div>
          <div className="dialog-body stack gap-4">{children}</div>
          {footer !== undefined && <div className="dialog-foot">{footer}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

type SheetProps = Omit<DialogProps, 'role' | 'size' | 'isDismissable'> & {
  /** Beside the title: actions of the whole sheet. */
  readonly actions?: ReactNode;
};

/** What is looked at beside the page, such as one delivery. Escape closes it and focus returns. */
export function Sheet({ title, isOpen, onClose, children, footer, actions }: SheetProps): JSX.Element {
  return (
    <ModalOverlay
      className="overlay sheet-overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className="sheet">
        <AriaDialog>
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {actions}
            <IconButton icon="close" label="Close" tooltip={false} size="small" onPress={onClose} />
          </div>
          <div className="dialog-body stack gap-4" tabIndex={0} role="group" aria-label="Content">
            {children}
          </div>
          {footer !== undefined && <div className="dialog-foot">{footer}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
