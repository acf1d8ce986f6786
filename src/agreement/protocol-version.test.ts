import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { agreementSchema } from './agreement.ts';
import { PROTOCOL_VERSION } from './protocol-version.ts';

/**
 * What two pages of one version read: names, types and bounds of an agreement. Checks beyond a JSON schema are not in it. Where it
 * changes, raise the version: pages of both would otherwise refuse each other without saying to reload.
 */
function schemaDigest(): string {
  const schema = z.toJSONSchema(agreementSchema, { unrepresentable: 'any', io: 'input' });
  return bytesToHex(sha256(utf8ToBytes(canonicalize(schema) ?? ''))).slice(0, 16);
}

it('is another one where the agreement has another schema', () => {
  expect([PROTOCOL_VERSION, schemaDigest()]).toEqual([4, '83a64dbeb18d1483']);
});
