import { CloseButton, Input } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "@/i18n";

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onChange: (text: string) => void;
  /** Searches to offer again. */
  recent?: string[];
  /** Called with a text that a person has finished. */
  onDone?: (text: string) => void;
}

/** A field that searches while one types. */
export function SearchField({ label, placeholder, value, onChange, recent = [], onDone }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const asked = useRef(value);
  const ask = (next: string) => {
    asked.current = next.trim().normalize("NFC");
    onChange(asked.current);
  };
  const search = useDebouncedCallback(ask, 350);

  // The address changed under the field: Back, or a cleared filter. What was asked here comes back
  // as well, when the field may hold more already.
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);

  const list = useId();
  const done = () => onDone?.(text.trim());
  return (
    <>
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        maxLength={100}
        leftSection={<IconSearch size={17} aria-hidden="true" />}
        rightSectionPointerEvents="all"
        rightSection={
          text && (
            <CloseButton
              size="sm"
              aria-label={t("search.clear")}
              onClick={() => {
                search.cancel();
                setText("");
                ask("");
              }}
            />
          )
        }
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
        onBlur={done}
        onKeyDown={(event) => {
          // The Enter that ends a Korean syllable is the input method's.
          if (event.key === "Enter" && !event.nativeEvent.isComposing) done();
        }}
        list={recent.length ? list : undefined}
      />
      {recent.length > 0 && (
        <datalist id={list}>
          {recent.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  );
}
