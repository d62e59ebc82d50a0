import { Marked } from "marked";

function newParser(): Marked {
  const above: number[] = [];
  return new Marked({
    gfm: true,
    breaks: true,
    renderer: {
      // The page has its own h1; below it no level is skipped, whichever the writer began with.
      heading({ tokens, depth }) {
        while ((above.at(-1) ?? 0) >= depth) above.pop();
        above.push(depth);
        const level = Math.min(above.length + 1, 6);
        return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
      },
    },
  });
}

/** A writer's Markdown as HTML, which must still be sanitised before it is shown. */
export function parseMarkdown(source: string): string {
  return newParser().parse(source, { async: false });
}
