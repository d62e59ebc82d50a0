import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { diffLines } from "diff";
import { useTranslation } from "react-i18next";
import type { Draft } from "./draft";
import classes from "./EditorPage.module.css";

/** What is published now, and which version that is. */
export interface Published {
  draft: Draft;
  version: number | undefined;
}

interface Props {
  mine: Draft;
  published: Published;
  onMine: () => void;
  onPublished: () => void;
  onClose: () => void;
}

const MARKS = { added: "+", removed: "−", same: " " };

/** Two writers changed one text: shows what differs, and asks which one stays. */
export function Conflict({ mine, published, onMine, onPublished, onClose }: Props) {
  const { t } = useTranslation("editor");
  const parts = diffLines(asText(published.draft), asText(mine));
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={t("conflict.title")}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      <Stack>
        <Text>{t("conflict.text")}</Text>
        <Text size="sm" c="dimmed">
          {t("conflict.legend")}
        </Text>
        <pre className={classes.difference}>
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
          <Button variant="default" onClick={onPublished}>
            {t("conflict.theirs")}
          </Button>
          <Button onClick={onMine} data-autofocus>
            {t("conflict.mine")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** A draft as lines, the short fields first. */
function asText({ title, summary, skills, github_url, content }: Draft): string {
  return `${title}\n${summary}\n${skills.join(", ")}\n${github_url}\n\n${content}\n`;
}
