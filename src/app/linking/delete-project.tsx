import { Button } from '@mantine/core';
import { t } from '../../words/translate.ts';

interface DeleteProjectProps {
  readonly disabled?: boolean;
  onDelete(): Promise<void> | void;
}

/** Asks once more, since it deletes for everybody in the room. */
export function DeleteProject({ disabled = false, onDelete }: DeleteProjectProps) {
  return (
    <Button
      variant="default"
      disabled={disabled}
      onClick={() => {
        if (confirm(t('Delete the project, its CLKs and all results, for everybody?'))) void onDelete();
      }}
    >
      {t('Delete project')}
    </Button>
  );
}
