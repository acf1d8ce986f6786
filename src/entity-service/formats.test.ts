/** The payloads that the entity service documents, against what the client sends and reads. */
import { describe, expect, it } from 'vitest';
import { clksFromBase64, readClkFile } from '../clk/clk-file.ts';
import { startStub } from '../testing/entity-service-stub.ts';
import { hasVectors, readVectors } from '../testing/vectors.ts';
import { newProject, RESULT_TYPES, runDescription, runResult, uploadReceipt } from './answers.ts';
import { connectEntityService } from './connect.ts';

type Json = Record<string, unknown>;

const formats: { result_types: string[]; requests: Record<string, Json>; results: Record<string, Json> } = hasVectors
  ? readVectors('entity_service_formats.json')
  : { result_types: [], requests: {}, results: {} };

describe.skipIf(!hasVectors)('documented payloads of the entity service', () => {
  it('ask for the result types that there are', () => {
    expect([...RESULT_TYPES].sort()).toEqual([...formats.result_types].sort());
  });

  it('are sent with the keys that it documents', async () => {
    const stub = await startStub();
    try {
      const service = connectEntityService(stub.address);
      const sent = (): Json => JSON.parse(stub.calls.at(-1)?.text ?? '');
      const project = await service.createProject({ schema: {}, resultType: 'permutations', parties: 2 });
      // The client also says whether blocks will come, which the service takes but does not show in its example.
      expect(Object.keys(sent()).sort()).toEqual(
        [...Object.keys(formats.requests['POST /projects'] ?? {}), 'uses_blocking'].sort(),
      );
      const token = project.update_tokens[0] ?? '';
      await service.upload(project.project_id, token, { clks: clksFromBase64(['AAECAwQFBgc=']) });
      expect(Object.keys(sent())).toEqual(Object.keys(formats.requests['POST /projects/{id}/clks (json)'] ?? {}));
      await service.createRun(project.project_id, project.result_token, { threshold: 0.85 });
      expect(Object.keys(sent()).sort()).toEqual(
        Object.keys(formats.requests['POST /projects/{id}/runs'] ?? {}).sort(),
      );
    } finally {
      await stub.close();
    }
  });

  it('with blocks are those of a file of CLKs', () => {
    const { clks, blocks } = readClkFile(
      JSON.stringify(formats.requests['POST /projects/{id}/clks (json, with blocks)']),
    );
    expect([clks.rows, 8 * clks.bytesPerClk, blocks]).toEqual([4, 1024, [['1'], ['1'], ['1', '2'], ['2']]]);
  });

  it('are read as answers', () => {
    expect(newProject.parse(formats.requests.response).update_tokens).toHaveLength(2);
    expect(uploadReceipt.parse(formats.requests['upload response']).receipt_token).toBe('<token>');
    expect(runDescription.parse(formats.requests['run response']).threshold).toBe(0.85);
  });

  it.each(Object.keys(formats.results).filter((name) => !name.endsWith('remark')))('hold %s', (name) => {
    expect(runResult.parse(formats.results[name])).toEqual(formats.results[name]);
  });
});
