/** Circles in a directed graph: groups of nodes that reach each other (Tarjan 1972, *SIAM Journal on Computing* 1(2)). */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

export function graphOf(edges: Iterable<readonly [from: string, to: string]>): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [from, to] of edges) {
    if (from === to) continue;
    graph.set(from, (graph.get(from) ?? new Set()).add(to));
    if (!graph.has(to)) graph.set(to, new Set());
  }
  return graph;
}

/** Every group of two or more nodes of which each reaches each other, sorted. */
export function circles(graph: Graph): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const found: string[][] = [];

  const visit = (node: string) => {
    order.set(node, order.size);
    lowest.set(node, order.get(node) ?? 0);
    stack.push(node);
    open.add(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.has(next)) lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    for (const member of group) open.delete(member);
    if (group.length > 1) found.push(group.sort());
  };

  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found.sort();
}

/** The graph without arrows that a longer way implies. It must have no circles. */
export function withoutImplied(graph: Graph): Graph {
  const reach = new Map<string, Set<string>>();
  const reached = (node: string): Set<string> => {
    const known = reach.get(node);
    if (known) return known;
    const all = new Set<string>();
    reach.set(node, all);
    for (const next of graph.get(node) ?? []) {
      all.add(next);
      for (const further of reached(next)) all.add(further);
    }
    return all;
  };
  return new Map(
    [...graph].map(([node, targets]) => [
      node,
      new Set([...targets].filter((to) => ![...targets].some((via) => via !== to && reached(via).has(to)))),
    ]),
  );
}
