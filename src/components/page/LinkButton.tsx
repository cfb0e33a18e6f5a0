import { Button, type ButtonProps } from '@patternfly/react-core';
import { type AnchorHTMLAttributes, type FC } from 'react';
import { Link } from '../../console/address';

// Stands outside the component below: a new one at each drawing would take the focus away from the link.
const Anchor: FC<AnchorHTMLAttributes<HTMLAnchorElement>> = ({ href = '', ...rest }) => <Link {...rest} to={href} />;

type LinkButtonProps = Pick<ButtonProps, 'variant' | 'isInline' | 'children' | 'aria-label' | 'size'> & { readonly href: string };

/** A link within the console that looks like a button. */
export const LinkButton: FC<LinkButtonProps> = (props) => <Button component={Anchor} {...props} />;
