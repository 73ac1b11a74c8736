import type { Viz } from '@viz-js/viz';

/** What is to be laid out, in points. */
export interface Boxes {
  readonly nodes: readonly { readonly width: number; readonly height: number }[];
  readonly edges: readonly {
    /** Numbers of nodes. */
    readonly from: number;
    readonly to: number;
    readonly labelWidth: number;
    readonly labelHeight: number;
  }[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything goes; y grows downwards. Nodes and labels by their middle, in the order in which they were given. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Point[];
  readonly edges: readonly {
    /** Points of a cubic spline: the first, then three for each piece. */
    readonly spline: readonly Point[];
    readonly tip: Point | undefined;
    readonly label: Point | undefined;
  }[];
}

let viz: Promise<Viz> | undefined;

interface Drawn {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly pos: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos: string; readonly lp?: string }[];
}

/** Graphviz sees no text of a record, only sizes: what is in a record might be anything. */
const nameOf = (index: number): string => `n${index}`;

/** An empty box of the size of a label: what is in it is drawn here, not by Graphviz. */
function emptyBox(width: number, height: number): { html: string } {
  const size = `fixedsize="true" width="${Math.ceil(width)}" height="${Math.ceil(height)}"`;
  return {
    html: `<table border="0" cellborder="0" cellspacing="0" cellpadding="0" ${size}><tr><td></td></tr></table>`,
  };
}

/** Lays out a graph with Graphviz. */
export async function layOut({ nodes, edges }: Boxes): Promise<Layout> {
  // Graphviz is a megabyte: loaded only where a picture is drawn.
  viz ??= import('@viz-js/viz').then(({ instance }) => instance());
  const inches = (points: number): number => points / 72;
  const drawn = (await viz).renderJSON({
    directed: true,
    graphAttributes: { rankdir: 'TB', nodesep: 0.45, ranksep: 0.42, splines: 'spline', margin: 0 },
    nodeAttributes: { shape: 'box', fixedsize: true, label: '' },
    edgeAttributes: { fontsize: 11 },
    nodes: nodes.map(({ width, height }, index) => ({
      name: nameOf(index),
      attributes: { width: inches(width), height: inches(height) },
    })),
    edges: edges.map(({ from, to, labelWidth, labelHeight }, index) => ({
      tail: nameOf(from),
      head: nameOf(to),
      attributes: {
        id: String(index),
        ...(labelWidth === 0 ? {} : { label: emptyBox(labelWidth, labelHeight) }),
      },
    })),
  }) as Drawn;
  const [, , width = 0, height = 0] = drawn.bb.split(',').map(Number);
  const point = (text: string): Point => {
    const [x = 0, y = 0] = text.split(',').map(Number);
    return { x, y: height - y };
  };
  return {
    width,
    height,
    nodes: nodes.map((_, index) =>
      point(drawn.objects?.find(({ name }) => name === nameOf(index))?.pos ?? '0,0'),
    ),
    edges: edges.map((_, index) => {
      const found = drawn.edges?.find(({ id }) => id === String(index));
      const parts = found?.pos.split(' ') ?? [];
      const tip = parts.find((part) => part.startsWith('e,'));
      return {
        spline: parts.filter((part) => !/^[es],/.test(part)).map(point),
        tip: tip === undefined ? undefined : point(tip.slice(2)),
        label: found?.lp === undefined ? undefined : point(found.lp),
      };
    }),
  };
}
