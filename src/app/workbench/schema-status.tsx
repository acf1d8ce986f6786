import { Text } from '@mantine/core';
import { t } from '../../words/translate.ts';
import { Notice } from '../ui/notice.tsx';
import { useSchemaReading } from './workbench-state.ts';

/** Which schema a section works with. */
export function SchemaStatus() {
  const reading = useSchemaReading();
  if (reading === undefined) {
    return <Notice kind="info">{t('There is no linkage schema yet. Open or write one in the section Schema.')}</Notice>;
  }
  const { schema } = reading;
  if (schema === undefined) {
    return <Notice kind="warning">{t('The linkage schema has errors. Correct it in the section Schema.')}</Notice>;
  }
  const encoded = schema.features.filter(({ ignored }) => ignored !== true).map(({ identifier }) => identifier);
  return (
    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {t('Linkage schema: CLKs of {{bits}} bits from {{fields}}.', {
        bits: schema.clkConfig.l,
        fields: encoded.join(', '),
      })}
    </Text>
  );
}
