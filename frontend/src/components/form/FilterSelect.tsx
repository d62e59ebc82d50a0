import { Input } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";

interface Props<Value extends string> {
  label: string;
  options: { value: Value; label: string }[];
  value: Value | undefined;
  onChange: (value: Value | undefined) => void;
}

/** One of a few values that a list is filtered by, or any; the browser's own list opens. */
export function FilterSelect<Value extends string>({
  label,
  options,
  value,
  onChange,
}: Props<Value>) {
  return (
    <Input
      component="select"
      pointer
      rightSection={<IconSelector size={16} aria-hidden="true" />}
      aria-label={label}
      value={value ?? ""}
      onChange={({ currentTarget: { value: chosen } }) =>
        onChange(options.find((option) => option.value === chosen)?.value)
      }
    >
      <option value="">{label}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Input>
  );
}
