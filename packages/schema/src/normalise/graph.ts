/**
 * Splits a graph into its strongly connected components (Tarjan's algorithm): each component comes after those it
 * has edges to, and its members are in rising order. A stack of its own replaces recursion, since a document may
 * chain as many types as it likes.
 *
 * @param edges - for each node, the nodes it leads to
 */
export function components(edges: readonly (readonly number[])[]): number[][] {
  const order = new Array<number>(edges.length).fill(-1);
  const low = new Array<number>(edges.length).fill(-1);
  const settled = new Array<boolean>(edges.length).fill(false);
  const pending: number[] = [];
  const found: number[][] = [];
  let counter = 0;

  for (const root of edges.keys()) {
    if (order[root] !== -1) continue;
    const path: { node: number; next: number }[] = [];
    visit(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top;
      const target = edges[node]?.[top.next];
      top.next += 1;
      if (target === undefined) {
        path.pop();
        const above = path.at(-1);
        if (above !== undefined) lower(above.node, low[node]);
        if (low[node] === order[node]) settle(node);
      } else if (order[target] === -1) {
        visit(target);
      } else if (settled[target] === false) {
        lower(node, order[target]);
      }
    }

    function visit(node: number): void {
      order[node] = low[node] = counter++;
      pending.push(node);
      path.push({ node, next: 0 });
    }
  }
  return found;

  function lower(node: number, value: number | undefined): void {
    low[node] = Math.min(low[node] ?? 0, value ?? 0);
  }

  function settle(node: number): void {
    const component = pending.splice(pending.lastIndexOf(node));
    for (const member of component) settled[member] = true;
    found.push(component.sort((a, b) => a - b));
  }
}

/** Whether a component holds a cycle: several nodes, or one that leads to itself. */
export function isCyclic(component: readonly number[], edges: readonly (readonly number[])[]): boolean {
  const [first] = component;
  return component.length > 1 || (first !== undefined && (edges[first]?.includes(first) ?? false));
}
