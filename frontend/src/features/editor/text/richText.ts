import { EditorCore } from "@toast-ui/editor";
import { sanitiseInEditor } from "./sanitise";

/**
 * Whether a text looks the same after a way through the WYSIWYG mode. `render` makes the HTML that
 * would be published.
 */
export async function survivesRichText(
  text: string,
  render: (markdown: string) => Promise<string>,
): Promise<boolean> {
  const rich = richEditor(document.createElement("div"), text);
  const back = rich.getMarkdown();
  rich.destroy();
  return back === text || (await render(back)) === (await render(text));
}

/** The WYSIWYG mode alone, with a text and without a toolbar. */
export function richEditor(el: HTMLElement, text: string): EditorCore {
  return new EditorCore({
    el,
    initialEditType: "wysiwyg",
    initialValue: text,
    autofocus: false,
    usageStatistics: false,
    customHTMLSanitizer: sanitiseInEditor,
  });
}
