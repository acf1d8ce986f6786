import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { connectEntityService } from '../../entity-service/connect.ts';
import { statusLines } from '../../entity-service/entity-service.ts';
import { t } from '../../words/translate.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { saveFile } from '../ui/save-file.ts';
import { type JobControl, useJob } from '../ui/use-job.ts';
import type { ServiceProps } from './service-props.ts';

/** What can be asked of the service about the runs of a project. */
function useServiceRuns(address: string, projectId: string, token: string) {
  const [runId, setRunId] = useState('');
  const job = useJob<string>();
  const watch = async (run: string, { signal, report }: JobControl): Promise<string> => {
    let last = '';
    for await (const status of connectEntityService(address).watchRun(projectId, run, token, { signal })) {
      last = statusLines(status).replaceAll('\n', ', ');
      report(last, status.current_stage.progress?.relative);
    }
    return last;
  };
  const start = (threshold: number) =>
    job.start(async (control) => {
      const { signal } = control;
      const made = await connectEntityService(address).createRun(projectId, token, { threshold }, { signal });
      setRunId(made.run_id);
      return watch(made.run_id, control);
    });
  const download = () =>
    job.start(async ({ signal, report }) => {
      report(t('Fetching the result'));
      const text = await connectEntityService(address).resultText(projectId, runId, token, { signal });
      saveFile(`run-${runId}.json`, 'application/json', text);
      return t('The result was saved.');
    });
  const deleteRun = () =>
    job.start(async ({ signal }) => {
      await connectEntityService(address).deleteRun(projectId, runId, token, { signal });
      setRunId('');
      return t('The run was deleted.');
    });
  const deleteProject = () => {
    if (!confirm(t('Delete the project, its CLKs and all results at the service?'))) return;
    job.start(async ({ signal }) => {
      await connectEntityService(address).deleteProject(projectId, token, { signal });
      return t('The project was deleted.');
    });
  };
  const watchAgain = () => job.start((control) => watch(runId, control));
  return { runId, setRunId, job, start, watch: watchAgain, download, deleteRun, deleteProject };
}

/** Runs at the service: started, watched, fetched, deleted. */
export function ServiceRuns({ address, projectId }: ServiceProps) {
  const [token, setToken] = useState('');
  const [threshold, setThreshold] = useState(0.8);
  const { runId, setRunId, job, ...runs } = useServiceRuns(address, projectId, token);
  const ready = projectId !== '' && token !== '';
  const choices = [
    { name: t('Watch run'), act: runs.watch, ready: ready && runId !== '' },
    { name: t('Download result'), act: runs.download, ready: ready && runId !== '' },
    { name: t('Delete run'), act: runs.deleteRun, ready: ready && runId !== '' },
    { name: t('Delete project'), act: runs.deleteProject, ready },
  ];
  return (
    <section className="panel" aria-label={t('Runs')}>
      <Stack gap="md">
        <Title order={2} size="h3">
          {t('Runs')}
        </Title>
        <TextInput
          label={t('Token')}
          description={t('The result token; for the permutation of a provider, its receipt token')}
          value={token}
          onChange={({ currentTarget }) => setToken(currentTarget.value.trim())}
        />
        <NumberField label={t('Threshold')} value={threshold} min={0} max={1} step="any" onChange={setThreshold} />
        <Group>
          <Button onClick={() => runs.start(threshold)} disabled={!ready}>
            {t('Start run')}
          </Button>
        </Group>
        <TextInput
          label={t('Run ID')}
          value={runId}
          onChange={({ currentTarget }) => setRunId(currentTarget.value.trim())}
        />
        <Group>
          {choices.map((choice) => (
            <Button key={choice.name} variant="default" disabled={!choice.ready} onClick={choice.act}>
              {choice.name}
            </Button>
          ))}
        </Group>
        <JobStatus job={job} name={t('Run')} failure={t('The service did not do it')} />
        {job.state.kind === 'done' && <Text role="status">{job.state.value}</Text>}
      </Stack>
    </section>
  );
}
