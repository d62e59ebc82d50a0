import "@toast-ui/editor/dist/toastui-editor.css";
import "@toast-ui/editor/dist/theme/toastui-editor-dark.css";
import {
  Button,
  FileButton,
  Group,
  Text,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
} from "@mantine/core";
import Editor from "@toast-ui/editor";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IMAGE_TYPES } from "@/api/images";
import { renderText } from "@/api/markdown";
import classes from "../EditorPage.module.css";
import { beginHistory, putCaretAt, replacePiece } from "./document";
import { Preview } from "./Preview";
import { pastedMarkdown } from "./paste";
import { sanitiseInEditor } from "./sanitise";
import { TOOLS } from "./tools";
import { UploadList } from "./UploadList";
import { placeholderOf, useUploads, withoutPlaceholders } from "./useUploads";

interface Props {
  /** The text to begin with; later changes come from the editor only. */
  initial: string;
  label: string;
  onChange: (markdown: string) => void;
  /** Whether pictures are on their way, or wait for another try. */
  onBusy: (isBusy: boolean) => void;
}

/**
 * Markdown with the published look alongside it. Toast UI Editor is only the input; nothing else in
 * the project knows it. Its WYSIWYG mode is offered for texts that it gives back as they were.
 */
export function MarkdownEditor({ initial, label, onChange, onBusy }: Props) {
  const { t } = useTranslation("editor");
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(null);
  const [text, setText] = useState(() => withoutPlaceholders(initial));
  const [isRich, setIsRich] = useState(false);
  const [isLossy, setIsLossy] = useState(false);
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  const begin = useRef(text);
  const { uploads, upload, retry, forget } = useUploads((id, next) => {
    const now = editor.current;
    if (!now) return;
    const piece = placeholderOf(id);
    if (now.isMarkdownMode()) replacePiece(now, piece, next);
    else now.setMarkdown(now.getMarkdown().replace(piece, () => next));
  });
  const emitChange = useEffectEvent((markdown: string) => {
    setText(markdown);
    onChange(markdown);
  });
  const emitBusy = useEffectEvent(onBusy);
  const isBusy = uploads.length > 0;
  useEffect(() => emitBusy(isBusy), [isBusy]);

  function addPictures(files: Blob[]) {
    for (const file of files) editor.current?.insertText(`${placeholderOf(upload(file))}\n`);
  }
  const addArrived = useEffectEvent(addPictures);

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = new Editor({
      el: element,
      initialValue: begin.current,
      previewStyle: "tab",
      initialEditType: "markdown",
      hideModeSwitch: true,
      toolbarItems: [],
      // Toast UI writes it on the element, where it beats a style sheet.
      height: "min(70vh, 640px)",
      minHeight: "420px",
      autofocus: false,
      usageStatistics: false,
      customHTMLSanitizer: sanitiseInEditor,
      events: { change: () => emitChange(made.getMarkdown()) },
      hooks: { addImageBlobHook: (file) => addArrived([file]) },
    });
    editor.current = made;
    beginHistory(made);
    const ended = new AbortController();
    const options = { capture: true, signal: ended.signal };
    element.addEventListener(
      "paste",
      (event) => {
        if (!event.clipboardData || !made.isMarkdownMode()) return;
        const data = event.clipboardData;
        const pasted = pastedMarkdown({
          text: data.getData("text/plain"),
          html: data.getData("text/html"),
        });
        const pictures = [...data.files].filter((file) => IMAGE_TYPES.includes(file.type));
        // Word processors add a picture of the text to the text.
        if (pasted.trim()) made.replaceSelection(`${gapBefore(made, pasted)}${pasted}`);
        else if (pictures.length) addArrived(pictures);
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
      options,
    );
    element.addEventListener(
      "drop",
      (event) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        const pictures = files.filter((file) => IMAGE_TYPES.includes(file.type));
        if (!pictures.length || !made.isMarkdownMode()) return;
        event.preventDefault();
        event.stopPropagation();
        putCaretAt(made, event.clientX, event.clientY);
        addArrived(pictures);
      },
      options,
    );
    return () => {
      ended.abort();
      made.destroy();
      editor.current = null;
    };
  }, []);

  useEffect(() => {
    for (const field of place.current?.querySelectorAll(".ProseMirror") ?? []) {
      field.setAttribute("aria-label", label);
      field.setAttribute("role", "textbox");
      field.setAttribute("aria-multiline", "true");
    }
  }, [label]);

  // A class, not a new editor: text, history, caret and focus stay.
  useEffect(() => {
    place.current
      ?.querySelector(".toastui-editor-defaultUI")
      ?.classList.toggle("toastui-editor-dark", dark);
  }, [dark]);

  async function changeMode() {
    const now = editor.current;
    if (!now) return;
    if (isRich) {
      now.changeMode("markdown");
      setIsRich(false);
      return;
    }
    const before = now.getMarkdown();
    const isKept = await survivesRichText(before).catch(() => false);
    setIsLossy(!isKept);
    if (!isKept || now.getMarkdown() !== before) return;
    now.changeMode("wysiwyg");
    setIsRich(true);
  }

  return (
    <div className={classes.writing}>
      <div className={classes.tools}>
        <Group gap={2} role="toolbar" aria-label={t("tool.bar")}>
          {TOOLS.map(({ name, icon: Icon, command, payload }) => (
            <Tooltip key={name} label={t(`tool.${name}`)}>
              <UnstyledButton
                className={classes.tool}
                aria-label={t(`tool.${name}`)}
                // The selection stays in the text.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => editor.current?.exec(command, payload)}
              >
                <Icon size={18} aria-hidden="true" />
              </UnstyledButton>
            </Tooltip>
          ))}
          <FileButton multiple accept={IMAGE_TYPES.join(",")} onChange={addPictures}>
            {(props) => (
              <Button {...props} size="compact-sm" variant="subtle">
                {t("tool.picture")}
              </Button>
            )}
          </FileButton>
        </Group>
        <Button size="compact-sm" variant="default" onClick={() => void changeMode()}>
          {t(isRich ? "mode.markdown" : "mode.wysiwyg")}
        </Button>
      </div>
      {isLossy && (
        <Text size="sm" role="status" mb="xs">
          {t("mode.lossy")}
        </Text>
      )}
      <UploadList uploads={uploads} onRetry={retry} onForget={forget} />
      <div className={classes.panes}>
        <div ref={place} className={classes.editor} />
        <Preview text={text} scrolledWith={place} />
      </div>
    </div>
  );
}

/** The empty line that a heading, table, list or fence needs when it is put behind other words. */
function gapBefore(editor: Editor, pasted: string): string {
  const [, column] = editor.getSelection()[0] as [number, number];
  return column > 1 && /^(?:#{1,6} |\||```|> |[-*] |\d+\. )/.test(pasted) ? "\n\n" : "";
}

/** Whether a text looks the same after a way through the WYSIWYG mode. */
async function survivesRichText(text: string): Promise<boolean> {
  const rich = new Editor({
    el: document.createElement("div"),
    initialEditType: "wysiwyg",
    initialValue: text,
    usageStatistics: false,
    customHTMLSanitizer: sanitiseInEditor,
  });
  const back = rich.getMarkdown();
  rich.destroy();
  return back === text || (await renderText(back)) === (await renderText(text));
}
