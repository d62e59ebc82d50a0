import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { diffLines } from "diff";
import { useTranslation } from "@/i18n";
import classes from "../EditorPage.module.css";
import type { Draft } from "./draft";

interface Props {
  mine: Draft;
  theirs: Draft;
  /** What it is that differs: what is published, or another device's draft. */
  of: "conflict" | "draftConflict";
  onMine: () => void;
  onTheirs: () => void;
  onClose: () => void;
}

const MARKS = { added: "+", removed: "−", same: " " };

/** Two writers changed one text: shows what differs, and asks which one stays. */
export function Conflict({ mine, theirs, of, onMine, onTheirs, onClose }: Props) {
  const { t } = useTranslation("editor");
  const asText = (draft: Draft) => linesOf(draft, t(`common:stage.${draft.stage}`));
  const parts = diffLines(asText(theirs), asText(mine));
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={t(`${of}.title`)}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      <Stack>
        <Text>{t(`${of}.text`)}</Text>
        <Text size="sm" c="dimmed">
          {t(`${of}.legend`)}
        </Text>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard */}
        <pre className={classes.difference} tabIndex={0}>
          {parts.map((part, index) => {
            const kind = part.added ? "added" : part.removed ? "removed" : "same";
            const lines = part.value.replace(/\n$/, "").split("\n");
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts never change their order
              <span key={index} className={classes[kind]}>
                {lines.map((line) => `${MARKS[kind]} ${line}\n`).join("")}
              </span>
            );
          })}
        </pre>
        <Group justify="flex-end">
          <Button variant="default" onClick={onTheirs}>
            {t(`${of}.theirs`)}
          </Button>
          <Button onClick={onMine} data-autofocus>
            {t(`${of}.mine`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** A draft as lines, the short fields first. */
function linesOf({ content, pictures, skills, ...draft }: Draft, stage: string): string {
  const fields = [draft.title, draft.summary, skills.join(", "), draft.github_url, draft.demo_url];
  const shown = pictures.map(({ url, alt }) => `${alt} (${url})`);
  return `${[...fields, stage, draft.thumbnail ?? "", ...shown, "", content].join("\n")}\n`;
}
