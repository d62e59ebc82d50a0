import { ActionIcon, Textarea, VisuallyHidden } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { type FormEvent, type KeyboardEvent, useRef } from "react";
import { exactNumber } from "@/components/text/format";
import { useDraft } from "@/features/chat/hooks/useDraft";
import { cleanBody, lengthOf, MESSAGE_MAX_LENGTH } from "@/features/chat/model/frames";
import { useTranslation } from "@/i18n";
import classes from "./Composer.module.css";

/** From here on the number of characters is shown. */
const COUNT_FROM = MESSAGE_MAX_LENGTH - 400;

interface Props {
  /** Whose draft it is. */
  accountId: number;
  roomId: string;
  partnerName: string;
  /** Ready-made first lines, while nothing has been said. */
  suggestions?: readonly string[];
  /** Begin in the field, also where that brings a keyboard over the screen. */
  begin?: boolean;
  onSend: (text: string) => void;
  onTyping: () => void;
}

/** Where one writes. Key it by the room: each has a draft of its own. */
export function Composer({
  accountId,
  roomId,
  partnerName,
  suggestions = [],
  begin = false,
  onSend,
  onTyping,
}: Props) {
  const { t } = useTranslation("chat");
  const [text, setText] = useDraft(accountId, roomId);
  const field = useRef<HTMLTextAreaElement>(null);
  // On phones Enter is the only key for a new line; the button sends.
  const onScreenKeyboard = window.matchMedia("(hover: none) and (pointer: coarse)").matches;
  const length = lengthOf(cleanBody(text));
  const over = length - MESSAGE_MAX_LENGTH;
  const sendable = length > 0 && over <= 0;
  const numbers = {
    count: exactNumber(over > 0 ? over : length),
    most: exactNumber(MESSAGE_MAX_LENGTH),
  };

  function change(next: string) {
    setText(next);
    if (cleanBody(next)) onTyping();
  }

  function send(event?: FormEvent) {
    event?.preventDefault();
    if (!sendable) return;
    onSend(text);
    setText("");
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (onScreenKeyboard || event.key !== "Enter" || event.shiftKey) return;
    // The Enter that ends a Korean syllable is not meant for us; Safari marks it by 229 only.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  }

  return (
    <form className={classes.composer} onSubmit={send}>
      {suggestions.length > 0 && !text && (
        <div className={classes.suggestions}>
          {suggestions.map((suggestion) => (
            <button
              key={suggestion}
              type="button"
              onClick={() => {
                change(suggestion);
                field.current?.focus();
              }}
            >
              {suggestion}
            </button>
          ))}
        </div>
      )}
      <div className={classes.field}>
        <Textarea
          ref={field}
          className={classes.text}
          variant="unstyled"
          autosize
          minRows={1}
          maxRows={7}
          dir="auto"
          enterKeyHint={onScreenKeyboard ? "enter" : "send"}
          autoFocus={begin || !onScreenKeyboard}
          aria-label={t("composer.label")}
          aria-describedby={length > COUNT_FROM ? "composer-count" : "composer-hint"}
          aria-invalid={over > 0}
          placeholder={t("composer.placeholder", { name: partnerName })}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <ActionIcon
          type="submit"
          size={36}
          radius="xl"
          disabled={!sendable}
          aria-label={t("composer.send")}
          // The field keeps the focus, and phones their keyboard.
          onMouseDown={(event) => event.preventDefault()}
        >
          <IconArrowUp size={20} aria-hidden="true" />
        </ActionIcon>
      </div>
      <VisuallyHidden id="composer-hint">
        {t(onScreenKeyboard ? "composer.hintTouch" : "composer.hint")}
      </VisuallyHidden>
      <div id="composer-count" aria-live="polite" className={classes.count}>
        {length > COUNT_FROM && (
          <span data-over={over > 0 || undefined}>
            {t(over > 0 ? "composer.tooLong" : "composer.count", numbers)}
          </span>
        )}
      </div>
    </form>
  );
}
