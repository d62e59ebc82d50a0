import { Combobox, Textarea, useCombobox } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { type Beginning, complete, matching, mentionAt } from "./mention";
import classes from "./ProjectPage.module.css";

interface Props {
  label: string;
  placeholder?: string;
  people: string[];
  value: string;
  error: ReactNode;
  readOnly: boolean;
  autoFocus?: boolean;
  onChange: (text: string) => void;
}

/** A comment's field; after an @ it offers the people who take part. */
export function MentionTextarea({ label, people, value, onChange, ...field }: Props) {
  const { t } = useTranslation("project");
  const [beginning, setBeginning] = useState<Beginning | null>(null);
  const box = useCombobox();
  const area = useRef<HTMLTextAreaElement>(null);
  const names = beginning ? matching(people, beginning.letters) : [];

  function look(text: string, caret: number) {
    const found = mentionAt(text, caret);
    setBeginning(found);
    if (found) box.openDropdown();
    else box.closeDropdown();
    box.resetSelectedOption();
  }

  function choose(name: string) {
    const element = area.current;
    if (!element || !beginning) return;
    const done = complete(value, element.selectionStart, beginning.start, name);
    onChange(done.text);
    setBeginning(null);
    box.closeDropdown();
    requestAnimationFrame(() => element.setSelectionRange(done.caret, done.caret));
  }

  const isOpen = names.length > 0 && box.dropdownOpened;
  return (
    <Combobox store={box} onOptionSubmit={choose} position="bottom-start" width={220}>
      <Combobox.EventsTarget withKeyboardNavigation={isOpen} withAriaAttributes={isOpen}>
        <Combobox.Target withKeyboardNavigation={false} withAriaAttributes={false}>
          <Textarea
            ref={area}
            classNames={{ input: classes.commentText }}
            aria-label={label}
            autosize
            minRows={2}
            maxRows={12}
            maxLength={2000}
            value={value}
            onChange={({ currentTarget }) => {
              onChange(currentTarget.value);
              look(currentTarget.value, currentTarget.selectionStart);
            }}
            onBlur={() => box.closeDropdown()}
            {...field}
          />
        </Combobox.Target>
      </Combobox.EventsTarget>
      <Combobox.Dropdown hidden={!isOpen}>
        <Combobox.Options aria-label={t("comments.people")}>
          {names.map((name) => (
            <Combobox.Option key={name} value={name}>
              @{name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
