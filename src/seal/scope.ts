/** Objects of SEAL live in WebAssembly memory and are not collected: whoever makes one owns it and frees it. */

export interface Handle {
  delete(): void;
}

/** Runs `body` and frees, in reverse order, every handle it kept, also when it throws. */
export function withScope<T>(body: (keep: <H extends Handle>(handle: H) => H) => T): T {
  const handles: Handle[] = [];
  try {
    return body((handle) => {
      handles.push(handle);
      return handle;
    });
  } finally {
    for (const handle of handles.reverse()) handle.delete();
  }
}
