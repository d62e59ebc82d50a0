import { Anchor, Text } from "@mantine/core";
import { isApiError } from "@/api/http/errors";
import { perLanguage } from "@/components/text/format";
import { useTranslation } from "@/i18n";
import type { DraftState } from "./draftStore";

const clock = perLanguage((language) => new Intl.DateTimeFormat(language, { timeStyle: "short" }));

interface Props {
  state: Pick<DraftState, "place" | "savedAt" | "problem" | "theirs">;
  /** Shows what another device has saved. */
  onCompare: () => void;
}

/** Where the text is safe, and nothing but the truth. */
export function SavedState({ state, onCompare }: Props) {
  const { t, i18n } = useTranslation("editor");
  const { place, savedAt, problem, theirs } = state;
  const isRefused = isApiError(problem) && problem.status === 400;
  return (
    <Text
      size="sm"
      c={place === "nowhere" || theirs ? "var(--mantine-color-error)" : "dimmed"}
      role="status"
    >
      {place !== "none" &&
        t(`saved.${place}`, { time: clock(i18n.language).format(savedAt ?? Date.now()) })}
      {isRefused && ` ${problem.detail}`}
      {theirs && (
        <>
          {" "}
          {t("saved.theirs")}{" "}
          <Anchor component="button" type="button" size="sm" onClick={onCompare}>
            {t("saved.compare")}
          </Anchor>
        </>
      )}
    </Text>
  );
}
