import "@toast-ui/editor/dist/toastui-editor.css";
import "@toast-ui/editor/dist/theme/toastui-editor-dark.css";
import "@toast-ui/editor/dist/i18n/ko-kr";
import { useComputedColorScheme } from "@mantine/core";
import Editor from "@toast-ui/editor";
import { useEffect, useEffectEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import classes from "./EditorPage.module.css";
import { sanitiseInEditor } from "./sanitise";

interface Props {
  /** The text to begin with; later changes come from the editor only. */
  initial: string;
  label: string;
  onChange: (markdown: string) => void;
  /** Stores a dropped or pasted picture and gives its address; null when that failed. */
  onImage: (file: Blob) => Promise<string | null>;
}

/** The mode in which a person likes to write, kept for the next time. */
const MODE = "sidepro.editor-mode";

/**
 * Toast UI Editor, in Markdown and WYSIWYG. Only an input: what it makes is Markdown, which is
 * sanitised where it is shown. Nothing else in the project knows this library.
 */
export function MarkdownEditor({ initial, label, onChange, onImage }: Props) {
  const { i18n } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  const begin = useRef(initial);
  const emitChange = useEffectEvent(onChange);
  const store = useEffectEvent(onImage);
  const language = i18n.language === "ko" ? "ko-KR" : "en-US";

  useEffect(() => {
    if (!place.current) return;
    const editor = new Editor({
      el: place.current,
      initialValue: begin.current,
      // Beside each other where there is room for both.
      previewStyle: window.innerWidth >= 1000 ? "vertical" : "tab",
      initialEditType: localStorage.getItem(MODE) === "markdown" ? "markdown" : "wysiwyg",
      height: "min(70vh, 640px)",
      minHeight: "420px",
      language,
      autofocus: false,
      usageStatistics: false,
      theme: dark ? "dark" : "light",
      customHTMLSanitizer: sanitiseInEditor,
      toolbarItems: [
        ["heading", "bold", "italic", "strike"],
        ["hr", "quote"],
        ["ul", "ol", "task"],
        ["table", "image", "link"],
        ["code", "codeblock"],
      ],
      events: {
        change: () => {
          begin.current = editor.getMarkdown();
          emitChange(begin.current);
        },
      },
      hooks: {
        addImageBlobHook: (file, insert) => {
          void store(file).then((url) => {
            if (url) insert(url, "");
          });
        },
      },
    });
    editor.on("changeMode", (mode: string) => localStorage.setItem(MODE, mode));
    for (const field of place.current.querySelectorAll("[contenteditable]")) {
      field.setAttribute("aria-label", label);
      field.setAttribute("role", "textbox");
      field.setAttribute("aria-multiline", "true");
    }
    return () => editor.destroy();
  }, [language, dark, label]);

  return <div ref={place} className={classes.editor} />;
}
