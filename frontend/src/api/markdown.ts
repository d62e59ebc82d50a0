/** How a text will look. */
import { api, unwrap } from "./http/client";

/** A Markdown text as the HTML that will be published. Throws ApiError. */
export async function renderText(text: string): Promise<string> {
  const { html } = await unwrap(api.POST("/api/v1/markdown/", { body: { text } }));
  return html;
}
