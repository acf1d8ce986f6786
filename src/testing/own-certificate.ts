/** A certificate that signs itself, for servers of tests on this machine. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface OwnCertificate {
  /** Files in PEM. */
  readonly certificate: string;
  readonly key: string;
}

/**
 * Makes one for 127.0.0.1 by the openssl of the machine.
 * @returns undefined where there is none
 */
export function makeCertificate(folder: string): OwnCertificate | undefined {
  const [certificate, key] = [join(folder, 'own.crt'), join(folder, 'own.key')];
  const made = spawnSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'].concat(
      ['-subj', '/CN=queue', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ['-keyout', key, '-out', certificate],
    ),
    { stdio: 'ignore' },
  );
  return made.status === 0 ? { certificate, key } : undefined;
}
