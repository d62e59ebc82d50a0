/**
 * Where a skill's page is: its slug as the server makes it of the name. An address that is another
 * one's, or was given by hand, the page finds by the name all the same.
 */
export function skillPath(name: string): string {
  const slug = name
    .replace(/^\./, "dot")
    .replaceAll("+", "p")
    .replaceAll("#", "sharp")
    .replaceAll(".", "")
    .replace(/[/·]/g, "-")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\s-]/gu, "")
    .trim()
    .replace(/[-\s]+/g, "-")
    .replace(/^[-_]+|[-_]+$/g, "");
  return `/skills/${encodeURIComponent(slug || name)}`;
}
