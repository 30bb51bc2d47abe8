import './button.css';

import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components/Button';
import { Link } from 'react-aria-components/Link';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';

import { classNames } from './class-names.ts';
import type { Icon } from './icons.tsx';
import { Spinner } from './spinner.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

/** The class of something that looks like a button but is not one, such as a link. */
export function buttonClass(variant: ButtonVariant = 'secondary', small = false): string {
  return classNames('button', `button--${variant}`, small && 'button--small');
}

type SharedProps = Omit<
  AriaButtonProps,
  'className' | 'children' | 'style' | 'isPending' | 'render'
>;

const PENDING = {
  type: 'button',
  'aria-disabled': true,
  'aria-busy': true,
  'data-pending': true,
} as const;

export interface ButtonProps extends SharedProps {
  readonly variant?: ButtonVariant;
  readonly small?: boolean;
  readonly icon?: Icon;
  readonly isPending?: boolean;
  readonly children: ReactNode;
}

/** A button with words. While `isPending` it keeps its width, cannot be pressed and shows a spinner. */
export function Button(props: ButtonProps) {
  const { variant, small, icon: IconShape, isPending = false, onPress, children, ...rest } = props;
  return (
    <AriaButton
      {...rest}
      {...(onPress && !isPending && { onPress })}
      className={buttonClass(variant, small)}
      // React Aria's own waiting announces an image that is named by the button, and by nothing once that has gone.
      render={(dom) => <button {...dom} {...(isPending && PENDING)} />}
    >
      {isPending ? (
        <Spinner size={16} />
      ) : (
        IconShape && <IconShape size={small === true ? 16 : 18} />
      )}
      <span>{children}</span>
    </AriaButton>
  );
}

export interface IconButtonProps extends SharedProps {
  /** What the button does; also its tooltip. */
  readonly label: string;
  readonly icon: Icon;
  readonly size?: number;
}

/** A button that is only an icon; its label shows as a tooltip on hover and keyboard focus. */
export function IconButton({ label, icon: IconShape, size = 20, ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      <AriaButton {...rest} aria-label={label} className="icon-button">
        <IconShape size={size} />
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** A link that is only an icon and leads to a file to keep: it looks and answers as an `IconButton` does. */
export function IconDownload(props: {
  /** What it downloads; also its tooltip. */
  readonly label: string;
  readonly href: string;
  readonly icon: Icon;
}) {
  const { label, href, icon: IconShape } = props;
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      <Link href={href} download aria-label={label} className="icon-button">
        <IconShape size={20} />
      </Link>
      <Tooltip className="tooltip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
