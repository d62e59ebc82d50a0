import { ActionIcon } from "@mantine/core";
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { IconLayoutGrid, IconList } from "@tabler/icons-react";
import { useTranslation } from "@/i18n";
import type { View } from "./ProjectGrid";

const STORED = "sidepro.board-view";
const PHONE = "(max-width: 640px)";

/** Whether the screen is as narrow as a phone's. */
export function usePhone(): boolean {
  return useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
}

/** Cards or a compact list, as chosen on this device; at first, phones get the list. */
export function useView(): [View, (view: View) => void] {
  const [view, setView] = useLocalStorage<View>({
    key: STORED,
    defaultValue: window.matchMedia(PHONE).matches ? "list" : "cards",
    getInitialValueInEffect: false,
    deserialize: (stored) => (stored?.includes("list") ? "list" : "cards"),
  });
  return [view, setView];
}

/** Shows lists of projects the other way. */
export function ViewButton() {
  const { t } = useTranslation("board");
  const [view, setView] = useView();
  const other = view === "cards" ? "list" : "cards";
  const Icon = other === "list" ? IconList : IconLayoutGrid;
  return (
    <ActionIcon
      ms="auto"
      variant="subtle"
      color="gray"
      size={36}
      aria-label={t(`view.${other}`)}
      title={t(`view.${other}`)}
      onClick={() => setView(other)}
    >
      <Icon size={19} aria-hidden="true" />
    </ActionIcon>
  );
}
