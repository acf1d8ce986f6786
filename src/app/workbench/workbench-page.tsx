import { Tabs, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { message, t } from '../../words/translate.ts';
import { CapabilityNotice } from '../ui/capability-notice.tsx';
import { TitledPage } from '../ui/titled-page.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { AssessSection } from './assess-section.tsx';
import { BenchmarkSection } from './benchmark-section.tsx';
import { EncodeSection } from './encode-section.tsx';
import { GenerateSection } from './generate-section.tsx';
import { QualitySection } from './quality-section.tsx';
import { SchemaSection } from './schema-section.tsx';
import { createWorkbench, WorkbenchContext } from './workbench-state.ts';

const SECTIONS = [
  { name: message('Schema'), Content: SchemaSection },
  { name: message('Encode'), Content: EncodeSection },
  { name: message('Generate'), Content: GenerateSection },
  { name: message('Benchmark'), Content: BenchmarkSection },
  { name: message('Quality'), Content: QualitySection },
  { name: message('Blocks'), Content: AssessSection },
] as const;

/** Tools for those who prepare an anonymous linkage; everything happens in this browser. */
export function WorkbenchPage() {
  usePageTitle(t('Workbench'));
  const [workbench] = useState(createWorkbench);
  return (
    <WorkbenchContext value={workbench}>
      <TitledPage
        title={t('Workbench')}
        about={t(
          'Write and check linkage schemas, encode files, and measure how well a linkage works before you rely on it.',
        )}
      >
        <CapabilityNotice task="encode" />
        <Tabs defaultValue="Schema" keepMountedMode="display-none" className="workbench-tabs">
          <Tabs.List aria-label={t('Sections of the workbench')}>
            {SECTIONS.map(({ name }) => (
              <Tabs.Tab key={name} value={name}>
                {t(name)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {SECTIONS.map(({ name, Content }) => (
            <Tabs.Panel key={name} value={name} pt="lg">
              <div className="panel">
                <Title order={2} size="h3" mb="xs">
                  {t(name)}
                </Title>
                <Content />
              </div>
            </Tabs.Panel>
          ))}
        </Tabs>
        <Text size="sm" c="dimmed">
          {t(
            'What has left this computer so far: nothing. Files, secrets and results of the workbench stay in this browser.',
          )}
        </Text>
      </TitledPage>
    </WorkbenchContext>
  );
}
