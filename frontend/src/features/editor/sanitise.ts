import DOMPurify from "dompurify";
import { apiUrl } from "@/api/base";

const ALLOWED_TAGS =
  "h2 h3 h4 h5 h6 p br hr blockquote ul ol li strong em del code pre span a img table thead tbody tr th td input".split(
    " ",
  );
const ALLOWED_ATTR =
  "href src alt title class start align type checked disabled target rel loading dir".split(" ");

// A browser reads "/\host" as "//host": the address of another site.
const ADDRESS = /^(?:https?:|mailto:|\/(?![/\\])|#)/i;

const purifier = DOMPurify(window);
purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName === "A") {
    node.setAttribute("rel", "noopener noreferrer nofollow ugc");
    if (/^https?:/i.test(node.getAttribute("href") ?? "")) node.setAttribute("target", "_blank");
  }
  if (node.tagName === "IMG") {
    node.setAttribute("loading", "lazy");
    node.setAttribute("src", apiUrl(node.getAttribute("src") ?? ""));
  }
  if (node.tagName === "INPUT") {
    // Task lists have boxes to look at; no other input has a place in a text.
    if (node.getAttribute("type") === "checkbox") node.setAttribute("disabled", "");
    else node.remove();
  }
});

/**
 * HTML that is safe to show: only the tags and attributes that Markdown needs, no styles, no
 * scripts, and no address but http, https, mailto and paths of this site.
 */
export function sanitise(html: string): string {
  return purifier.sanitize(html, {
    ALLOWED_TAGS,
    ALLOWED_ATTR,
    ALLOWED_URI_REGEXP: ADDRESS,
    // Their values are no addresses, which the line above is about.
    ADD_URI_SAFE_ATTR: ["type", "start", "align", "dir"],
    ALLOW_DATA_ATTR: false,
  });
}

const inEditor = DOMPurify(window);
inEditor.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName === "INPUT" && node.getAttribute("type") !== "checkbox") node.remove();
});

/**
 * The same for the editor, where somebody else's text may be shown as well: it marks its nodes, and
 * what it shows becomes Markdown again, so addresses stay as they were written.
 */
export function sanitiseInEditor(html: string): string {
  return inEditor.sanitize(html, {
    ALLOWED_TAGS: [...ALLOWED_TAGS, "h1"],
    ALLOWED_ATTR: [...ALLOWED_ATTR, "data-nodeid", "data-language"],
    ALLOWED_URI_REGEXP: ADDRESS,
    ADD_URI_SAFE_ATTR: ["type", "start", "align", "dir", "data-nodeid", "data-language"],
    ALLOW_DATA_ATTR: false,
  });
}
