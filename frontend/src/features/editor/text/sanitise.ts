import DOMPurify from "dompurify";

const ALLOWED_TAGS =
  "h2 h3 h4 h5 h6 p br hr blockquote ul ol li strong em del code pre span a img table thead tbody tr th td input".split(
    " ",
  );
const ALLOWED_ATTR =
  "href src alt title class start align type checked disabled target rel loading dir".split(" ");

// A browser reads "/\host" as "//host": the address of another site.
const ADDRESS = /^(?:https?:|mailto:|\/(?![/\\])|#)/i;

const inEditor = DOMPurify(window);
inEditor.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName === "INPUT" && node.getAttribute("type") !== "checkbox") node.remove();
});

/**
 * HTML that the editor may show, also of another user's text: only the tags and attributes that
 * Markdown needs, no styles, no scripts, and no address but http, https, mailto and paths of this
 * site. The editor marks its nodes; addresses stay as they were written.
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
