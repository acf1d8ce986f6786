import { type ReactNode, useId, useState } from 'react';

interface FoldProps {
  readonly title: string;
  /** Level of the heading that the title is. */
  readonly order: 3 | 4;
  readonly children: ReactNode;
}

/**
 * What not everybody needs, folded for the eye alone: the keyboard and screen readers reach all of it, and it unfolds as soon as
 * something in it gets the focus. On paper it is unfolded.
 */
export function Fold({ title, order, children }: FoldProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const Heading = `h${order}` as const;
  return (
    <div className="fold" data-open={open}>
      <Heading className="fold-title">
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {title}
        </button>
        <span className="fold-paper" aria-hidden="true">
          {title}
        </span>
      </Heading>
      <div id={id} className="fold-content" onFocusCapture={() => setOpen(true)}>
        <div className="fold-inside">{children}</div>
      </div>
    </div>
  );
}
