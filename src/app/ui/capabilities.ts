/** What the browser must be able to do before anybody chooses a file. */
import { message, t } from '../../words/translate.ts';

/**
 * A module with one function: `try_table` with `catch_all_ref` into a block of type `exnref`. It validates only where
 * WebAssembly exception references exist, which the encryption library is compiled for.
 */
const EXCEPTION_REFERENCES = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00, 0x0a,
  0x0f, 0x01, 0x0d, 0x00, 0x02, 0x69, 0x1f, 0x40, 0x01, 0x03, 0x00, 0x0b, 0x00, 0x0b, 0x1a, 0x0b,
]);

/** The header of an empty module: valid wherever there is WebAssembly at all. */
const EMPTY_MODULE = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);

/** A run needs everything; what encodes and compares on this computer alone needs neither SEAL nor another browser. */
export type Task = 'run' | 'encode';

const VERSIONS = message('Chrome or Edge 137, Firefox 131, Safari 18.4, or a later one');

function validates(module: Uint8Array<ArrayBuffer>): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(module);
}

/** What this browser lacks for the task, in sentences that say what to do; empty where it has everything. */
export function missingCapabilities(task: Task): string[] {
  return task === 'run' ? [...missingForRuns(), ...missingOlder()] : [...missingForEncoding(), ...missingOlder()];
}

function missingForRuns(): string[] {
  const missing: string[] = [];
  if (!validates(EXCEPTION_REFERENCES)) {
    missing.push(
      t('It cannot run the encryption (WebAssembly exception references). Use {{versions}}.', {
        versions: t(VERSIONS),
      }),
    );
  }
  if (typeof RTCPeerConnection === 'undefined') {
    missing.push(
      t(
        'It cannot connect to another browser (WebRTC is missing or switched off). Switch it on, or use another browser.',
      ),
    );
  }
  if (typeof crypto === 'undefined' || crypto.subtle === undefined) {
    missing.push(t('The page was not opened over a secure connection. Open it by its https address.'));
  }
  return missing;
}

function missingForEncoding(): string[] {
  if (validates(EMPTY_MODULE)) return [];
  return [
    t('It cannot compute CLKs (WebAssembly is missing or switched off). Switch it on, or use {{versions}}.', {
      versions: t(VERSIONS),
    }),
  ];
}

function missingOlder(): string[] {
  return typeof Object.hasOwn === 'function' ? [] : [t('It is too old. Use {{versions}}.', { versions: t(VERSIONS) })];
}

/** The computer's memory in bytes, rounded and at most 8 GiB; undefined where the browser does not tell (Firefox, Safari). */
export function deviceMemoryBytes(): number | undefined {
  const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  return deviceMemory === undefined ? undefined : deviceMemory * 2 ** 30;
}
