import { type ReactNode, useState } from 'react';

interface LateDetailsProps {
  readonly summary: string;
  readonly children: ReactNode;
}

/** What few people open, drawn only once they do: a page may have hundreds of these. */
export function LateDetails({ summary, children }: LateDetailsProps) {
  const [opened, setOpened] = useState(false);
  return (
    <details onToggle={({ currentTarget: { open } }) => open && setOpened(true)}>
      <summary>{summary}</summary>
      {opened && children}
    </details>
  );
}
