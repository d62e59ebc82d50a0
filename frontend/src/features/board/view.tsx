import { ActionIcon } from "@mantine/core";
import { IconLayoutGrid, IconList } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { View } from "@/components/project/ProjectGrid";
import classes from "./BoardPage.module.css";

const STORED = "sidepro.board-view";

/** Cards or a compact list, as chosen on this device; at first, phones get the list. */
export function useView(): [View, (view: View) => void] {
  const [view, setView] = useState<View>(() => {
    const stored = localStorage.getItem(STORED);
    if (stored === "cards" || stored === "list") return stored;
    return window.matchMedia("(max-width: 640px)").matches ? "list" : "cards";
  });
  return [
    view,
    (next) => {
      localStorage.setItem(STORED, next);
      setView(next);
    },
  ];
}

/** Shows the board the other way. */
export function ViewButton({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const { t } = useTranslation("board");
  const other = view === "cards" ? "list" : "cards";
  const Icon = other === "list" ? IconList : IconLayoutGrid;
  return (
    <ActionIcon
      className={classes.view}
      variant="subtle"
      color="gray"
      size={36}
      aria-label={t(`view.${other}`)}
      title={t(`view.${other}`)}
      onClick={() => onChange(other)}
    >
      <Icon size={19} aria-hidden="true" />
    </ActionIcon>
  );
}
