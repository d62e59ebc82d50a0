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
import { IMAGE_TYPES } from "@/api/images";
import { renderText } from "@/api/markdown";
import { useTranslation } from "@/i18n";
import classes from "../EditorPage.module.css";
import { beginHistory, changePicture, insertMarkdown, putCaretAt, runTool } from "./document";
import { Preview } from "./Preview";
import { isPictureAlone, pastedMarkdown } from "./paste";
import { survivesRichText } from "./richText";
import { sanitiseInEditor } from "./sanitise";
import { TOOLS } from "./tools";
import { UploadList } from "./UploadList";
import { placeholderOf, placeholderPattern, useUploads, withoutPlaceholders } from "./useUploads";

const HINT_ID = "content-hint";

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
  const { uploads, upload, retry, forget } = useUploads({
    onChange: ({ id, part, error }) => {
      const percent = Math.floor(part * 100);
      const working = part < 1 ? `${t("upload.waiting")} ${percent}%` : t("upload.processing");
      const label = error ? t("upload.failed") : working;
      if (editor.current) {
        changePicture(editor.current, placeholderPattern(id), `upload:${id}`, label);
      }
    },
    onEnd: (id, address) => {
      if (editor.current) changePicture(editor.current, placeholderPattern(id), address, "");
    },
  });
  const emitChange = useEffectEvent((markdown: string) => {
    const written = withoutPlaceholders(markdown);
    setText(written);
    onChange(written);
  });
  const emitBusy = useEffectEvent(onBusy);
  const isBusy = uploads.length > 0;
  useEffect(() => emitBusy(isBusy), [isBusy]);

  function addPictures(files: Blob[]) {
    for (const file of files) {
      if (editor.current) insertMarkdown(editor.current, `${placeholderOf(upload(file))}\n`);
    }
  }
  const addArrived = useEffectEvent(addPictures);
  const paste = useEffectEvent((now: Editor, data: DataTransfer) => {
    const clipboard = { text: data.getData("text/plain"), html: data.getData("text/html") };
    const files = [...data.files];
    // Word processors add a picture of the text to the text.
    if (files.length && isPictureAlone(clipboard)) {
      addPictures(files);
      return true;
    }
    // Plain words are the WYSIWYG mode's own: it takes none of them for Markdown.
    if (!now.isMarkdownMode() && !clipboard.html) return false;
    const pasted = pastedMarkdown(clipboard, (picture) => placeholderOf(upload(picture)));
    if (!pasted.trim()) return false;
    insertMarkdown(now, `${gapBefore(now, pasted)}${pasted}`);
    return true;
  });

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
    });
    editor.current = made;
    beginHistory(made);
    const ended = new AbortController();
    const options = { capture: true, signal: ended.signal };
    element.addEventListener(
      "paste",
      (event) => {
        if (!event.clipboardData || !paste(made, event.clipboardData)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      options,
    );
    // Tab indents; after Escape it leads on, so that the keyboard gets out of the text.
    let isLeaving = false;
    element.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Tab" && isLeaving) event.stopPropagation();
        else if (event.key !== "Shift") isLeaving = event.key === "Escape";
      },
      options,
    );
    element.addEventListener(
      "drop",
      (event) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        if (!files.length) return;
        event.preventDefault();
        event.stopPropagation();
        putCaretAt(made, event.clientX, event.clientY);
        addArrived(files);
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
      field.setAttribute("aria-describedby", HINT_ID);
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
    const isKept = await survivesRichText(before, renderText).catch(() => false);
    setIsLossy(!isKept);
    if (!isKept || now.getMarkdown() !== before) return;
    now.changeMode("wysiwyg");
    beginHistory(now);
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
                onClick={() => editor.current && runTool(editor.current, command, payload)}
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
      <Text id={HINT_ID} size="xs" c="dimmed" mt={6}>
        {t("contentHint")}
      </Text>
    </div>
  );
}

/** The empty line that a heading, table, list or fence needs when it is put behind other words. */
function gapBefore(editor: Editor, pasted: string): string {
  if (!editor.isMarkdownMode()) return "";
  const [, column] = editor.getSelection()[0] as [number, number];
  return column > 1 && /^(?:#{1,6} |\||```|> |[-*] |\d+\. )/.test(pasted) ? "\n\n" : "";
}
