import './dialog.css';

import { type MouseEvent, type ReactNode, useState } from 'react';
import { Dialog as AriaDialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

import { Button, IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { DialogFooterContext } from './dialog-footer.tsx';
import { useIsTopDialog } from './dialog-order.ts';
import { CloseIcon } from './icons.tsx';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Label of the cross in the corner. */
  readonly closeLabel: string;
  readonly children: ReactNode;
  /** Buttons at the lower end, the most likely one last; those of a `DialogFooter` come after them. */
  readonly actions?: ReactNode;
  /** 32 rem instead of 26 rem wide. */
  readonly wide?: boolean;
  /** Its upper edge stays where it is while what it shows grows and shrinks. */
  readonly pinned?: boolean;
  /** On a narrow window it is as high as there is room, whatever it shows. */
  readonly steady?: boolean;
  /** A press outside does not close it: it shows what is not shown again. */
  readonly keepsOpen?: boolean;
}

/** A modal dialog: traps the focus, closes on Escape and on a press outside, gives the focus back. */
export function Dialog(props: DialogProps) {
  const { title, isOpen, onClose, closeLabel, children, actions, wide = false } = props;
  const { pinned = false, keepsOpen = false } = props;
  const isTop = useIsTopDialog(isOpen);
  const [footer, setFooter] = useState<HTMLElement | null>(null);
  return (
    <ModalOverlay
      className={classNames(
        'dialog-scrim',
        pinned && 'dialog-scrim--pinned',
        !isTop && 'dialog-scrim--covered',
      )}
      isDismissable={!keepsOpen}
      isOpen={isOpen}
      onMouseDown={keepFocus}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal
        className={classNames(
          'dialog',
          wide && 'dialog--wide',
          props.steady === true && 'dialog--steady',
        )}
      >
        <AriaDialog className="dialog__body">
          <div className="dialog__head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton label={closeLabel} icon={CloseIcon} onPress={onClose} />
          </div>
          <DialogFooterContext value={actions === undefined ? undefined : footer}>
            <div className="dialog__content">{children}</div>
          </DialogFooterContext>
          {actions !== undefined && (
            <div className="dialog__actions">
              {actions}
              <div className="dialog__more-actions" ref={setFooter} />
            </div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A press beside a dialog takes the focus out of it for a moment, in which Escape would reach nobody. */
function keepFocus(event: MouseEvent): void {
  if (event.target === event.currentTarget) event.preventDefault();
}

export interface ConfirmDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly isPending?: boolean;
  /** The confirming button takes something away. */
  readonly isDanger?: boolean;
  readonly children: ReactNode;
}

/** Asks before something that cannot simply be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, isOpen, onCancel, onConfirm, confirmLabel, cancelLabel, children } = props;
  const isTop = useIsTopDialog(isOpen);
  return (
    <ModalOverlay
      className={classNames('dialog-scrim', !isTop && 'dialog-scrim--covered')}
      isOpen={isOpen}
      onMouseDown={keepFocus}
      onOpenChange={(open) => {
        if (!open) onCancel();
      }}
    >
      <Modal className="dialog">
        <AriaDialog role="alertdialog" className="dialog__body">
          <div className="dialog__head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
          </div>
          <div className="dialog__content">{children}</div>
          <div className="dialog__actions">
            <Button variant="quiet" onPress={onCancel}>
              {cancelLabel}
            </Button>
            <Button
              variant={props.isDanger === true ? 'danger' : 'primary'}
              isPending={props.isPending ?? false}
              onPress={onConfirm}
            >
              {confirmLabel}
            </Button>
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
